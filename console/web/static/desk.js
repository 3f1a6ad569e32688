// Display choices are cookies, so that the server draws the page right at once.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle]");
  if (!button) return;
  const name = button.dataset.toggle;
  const now = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  const on = button.dataset.on;
  const value = name !== "language" && now === `${name}=${on}` ? "normal" : on;
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
