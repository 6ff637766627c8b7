// <div data-touch-url="…">: tell the server now and then that somebody touches this page, as a page that is talked
// about for long asks it for nothing.
//
// Only real touches are told, at most one in two minutes: a screen that was forgotten is to be found out.

const place = document.querySelector("[data-touch-url]");
const TOUCHES = ["pointerdown", "keydown", "touchstart", "wheel"];
const EVERY = 120e3;

let told = Date.now();

if (place) {
  for (const touch of TOUCHES) addEventListener(touch, tell, { passive: true, capture: true });
}

async function tell() {
  const now = Date.now();
  if (now - told < EVERY && now >= told) return;
  told = now;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
  try {
    await fetch(place.dataset.touchUrl, { method: "POST", body, redirect: "manual", keepalive: true });
  } catch {
    told = 0; // no line: tell at the next touch
  }
}
