// <div data-import-state="/address/" data-every="3">: ask how far an import is, and show it, until it is over.
const state = document.querySelector("[data-import-state]");

async function look() {
  try {
    const answer = await fetch(state.dataset.importState, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) state.innerHTML = await answer.text();
  } catch {
    // The line is gone for a while: the next look may find it again.
  }
  if (!state.querySelector("[data-finished]")) setTimeout(look, Number(state.dataset.every) * 1000);
}

if (state && !state.querySelector("[data-finished]")) setTimeout(look, 1000);
