// <form data-code>: three taps and the picture code is sent; no request between the taps.
//
// Without this file each <button name="picture" value="fish"> is one request and the server keeps the taps.
// With it they are kept here and sent together as three fields `picture`, in order. The dots are <i> in
// .dots, filled by the class "done"; [data-taps="__ จาก 3 รูป"] is told the number; <button name="erase">
// takes the last tap back.

const LENGTH = 3;

for (const form of document.querySelectorAll("form[data-code]")) {
  if (form.closest("[data-coming]")) continue; // together/coming.js
  watch(form, (taps) => {
    form.setAttribute("aria-busy", "true");
    for (const value of taps) form.append(hidden("picture", value));
    form.submit();
    return false;
  });
  // Coming back with the browser's own button starts afresh.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}

// done(taps) is told when they are three; where it gives false there is nothing more to tap.
export function watch(form, done) {
  const dots = [...form.querySelectorAll(".dots i")];
  const words = form.querySelector("[data-taps]");
  const kept = dots.filter((dot) => dot.matches(".done")).length; // by the server, before this file ran
  let taps = [];
  let isOver = false;

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "picture") {
      event.preventDefault();
      if (!isOver) tap(button.value);
    } else if (button?.name === "erase" && (taps.length || !kept)) {
      event.preventDefault();
      if (!isOver) taps.pop();
      show();
    }
  });

  function tap(picture) {
    taps.push(picture);
    show();
    if (kept + taps.length < LENGTH) return;
    isOver = done(taps) === false;
    if (isOver) return;
    taps = [];
    show();
  }

  function show() {
    const filled = kept + taps.length;
    dots.forEach((dot, place) => dot.classList.toggle("done", place < filled));
    if (words) words.textContent = words.dataset.taps.replace("__", filled);
  }
}

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}
