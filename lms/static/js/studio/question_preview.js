// <form data-question> beside <iframe data-preview="address">: what is filled in is shown as a learner will see it, a
// moment after the last touch. Without this the frame shows what was kept last.

const PAUSE = 400;
const form = document.querySelector("[data-question]");
const frame = document.querySelector("iframe[data-preview]");
let waiting, asked = 0;

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(draw, PAUSE);
}

async function draw() {
  const turn = ++asked;
  try {
    const answer = await fetch(frame.dataset.preview, { method: "POST", body: new FormData(form) });
    if (!answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    frame.contentDocument.querySelector("main")?.replaceWith(page.querySelector("main"));
  } catch {
    // The line is down: the frame keeps what it shows, and the form keeps what is written.
  }
}

if (form && frame) {
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // Rows that are added, removed or moved say nothing of themselves.
  new MutationObserver(soon).observe(form, { childList: true, subtree: true });
}
