// Display choices are cookies, so that the server draws the page right at once.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle]");
  if (!button) return;
  const name = button.dataset.toggle;
  const on = button.dataset.on;
  const value = name !== "language" && document.documentElement.dataset[name] === on ? "normal" : on;
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
});

// j and k walk through the rows of a list, Enter opens the row.
document.addEventListener("keydown", (event) => {
  if (document.cookie.includes("keys=off")) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...document.querySelectorAll("[data-rows] tbody tr a[href]")];
  const step = { j: 1, k: -1 }[event.key];
  if (!step || !rows.length) return;
  const row = document.activeElement.closest("[data-rows] tbody tr");
  const at = rows.findIndex((one) => row && row.contains(one));
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
  event.preventDefault();
});

// Print what is on the page.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// A case asks whether somebody else has moved it; who is filling in a form is told, not interrupted.
document.addEventListener("htmx:configRequest", (event) => {
  const pulse = event.target.closest("[data-pulse]");
  if (!pulse || !event.detail.path.endsWith("/pulse")) return;
  const shown = document.querySelector("#case");
  event.detail.headers["If-None-Match"] = `"${shown ? shown.dataset.newest : pulse.dataset.pulse}"`;
  const fields = [...document.querySelectorAll("main form :is(input:not([type=hidden]), select, textarea)")];
  const changed = (one) => one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked
    : one.tagName === "SELECT" ? [...one.options].some((option) => option.selected !== option.defaultSelected && option.defaultSelected)
    : one.value !== one.defaultValue;
  if (fields.some(changed) || fields.includes(document.activeElement)) event.detail.parameters.editing = "true";
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "case") document.querySelector("#news").replaceChildren();
});

// A file is sent with its form, not while somebody types: its row says so until then.
document.addEventListener("change", (event) => {
  const mark = event.target.matches("#main-form input[type=file]") && event.target.parentElement.querySelector("[data-unsent]");
  if (!mark) return;
  mark.hidden = !event.target.value;
  event.stopPropagation();
}, true);

// A draft that could not be kept says so, where it would say that it is.
for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(kind, (event) => {
    const saved = event.detail.target;
    if (!saved || saved.id !== "saved") return;
    const words = document.createElement("strong");
    words.className = "error";
    words.textContent = saved.dataset.failed;
    saved.replaceChildren(words);
  });
}
