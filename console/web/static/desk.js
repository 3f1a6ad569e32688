// What differs from the page as it came: typed, ticked or chosen.
const fields = () => [...document.querySelectorAll("main form :is(input:not([type=hidden]), select, textarea)")];
const changed = (one) => one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked
  : one.tagName === "SELECT" ? [...one.options].some((option) => option.selected !== option.defaultSelected && option.defaultSelected)
  : one.value !== one.defaultValue;

// Display choices are cookies, so that the server draws the next page right at once.
const keysOff = () => /(^|; )keys=off(;|$)/.test(document.cookie);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle]");
  if (!button) return;
  const { toggle: name, on, ask } = button.dataset;
  const root = document.documentElement.dataset;
  const chosen = name === "keys" ? keysOff() : root[name] === on;
  const value = name !== "language" && chosen ? "normal" : on;
  const inPlace = name in root;
  if (!inPlace && ask && fields().some(changed) && !confirm(ask)) return;
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
  if (!inPlace) {
    location.reload();
    return;
  }
  root[name] = value;
  button.setAttribute("aria-pressed", value === on);
});

// j and k walk through the rows of a list, Enter opens the row.
document.addEventListener("keydown", (event) => {
  if (keysOff()) return;
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

// A page asks whether somebody else has moved its case or task; who reads or writes is told, not interrupted.
document.addEventListener("htmx:configRequest", (event) => {
  const pulse = event.target.closest("[data-pulse]");
  if (!pulse || !event.detail.path.endsWith("/pulse")) return;
  const shown = document.querySelector("#case");
  event.detail.headers["If-None-Match"] = pulse.dataset.told || `"${shown ? shown.dataset.newest : pulse.dataset.pulse}"`;
  const reads = document.querySelector("#preview > *, #limit-days > *, #case[data-opened]");
  const writes = fields().some((one) => changed(one) || one === document.activeElement);
  if (reads || writes) event.detail.parameters.editing = "true";
});
// The same news is told once.
document.addEventListener("htmx:afterRequest", (event) => {
  const tag = event.detail.successful && event.detail.xhr.getResponseHeader("ETag");
  if (tag && event.target.matches?.("[data-pulse]")) event.target.dataset.told = tag;
});

// Whoever stood somewhere in the case stands there again after it was drawn anew.
let stood = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  if (event.target.id !== "case" || !event.target.contains(active)) return;
  stood = active.id ? `#${CSS.escape(active.id)}` : active.matches("a[href]") ? `#case a[href="${CSS.escape(active.getAttribute("href"))}"]` : "";
});
document.addEventListener("htmx:afterSwap", (event) => {
  const news = document.querySelector("#news");
  if (event.target.id !== "case" || !news) return;
  news.replaceChildren();
  delete news.dataset.told;
  const again = stood && document.querySelector(stood);
  if (again) again.focus({ preventScroll: true });
  stood = "";
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
