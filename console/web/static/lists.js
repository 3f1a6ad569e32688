// Lists: x selects the row, c claims what is selected (or the row); counts and the news of a case
// follow while somebody is there.
const IDLE_MINUTES = 20;
let lastTouch = Date.now();
for (const kind of ["pointerdown", "keydown", "scroll"]) {
  addEventListener(kind, () => { lastTouch = Date.now(); }, { passive: true });
}

// A page that nobody looks at must not keep its session alive for ever.
document.addEventListener("htmx:beforeRequest", (event) => {
  const polls = event.target.matches?.("#counts, [data-pulse]");
  if (polls && (document.hidden || Date.now() - lastTouch > IDLE_MINUTES * 60000)) event.preventDefault();
});

// Whose session is over keeps the page and what is typed on it, and is told once.
document.addEventListener("htmx:beforeSwap", (event) => {
  const over = document.querySelector("#session-over");
  if (event.detail.xhr.status === 401) {
    event.detail.shouldSwap = !over.childElementCount;
    event.detail.isError = false;
  } else if (event.detail.xhr.status < 400) over.replaceChildren();
});

const picks = () => [...document.querySelectorAll('#bulk input[name="task"]')];

function tell() {
  const output = document.querySelector("[data-selected]");
  if (output) output.value = picks().filter((one) => one.checked).length;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) for (const one of picks()) one.checked = event.target.checked;
  if (event.target.matches("[data-all], #bulk input[name='task']")) tell();
});
addEventListener("pageshow", tell);

document.addEventListener("keydown", (event) => {
  if (keysOff() || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  const row = event.target.closest("[data-rows] tbody tr");
  const pick = row && row.querySelector('input[name="task"]');
  if (event.key === "x" && pick) {
    pick.checked = !pick.checked;
    tell();
    event.preventDefault();
  }
  const claim = document.querySelector('#bulk [data-key="c"]');
  if (event.key === "c" && claim) {
    if (pick && !picks().some((one) => one.checked)) pick.checked = true;
    if (picks().some((one) => one.checked)) claim.click();
    event.preventDefault();
  }
});
