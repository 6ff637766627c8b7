// <body data-idle="600" data-still-url="…" data-leave-url="…">: leave a shared device that nobody touches.
//
// After so many seconds form[data-sign-out] is sent and the page gives way to data-leave-url. While there are
// touches the server is told at data-still-url, as reading a long page asks it for nothing.

const { stillUrl, leaveUrl } = document.body.dataset;
const idle = () => Number(document.body.dataset.idle); // a group that begins on this page has longer
const form = document.querySelector("form[data-sign-out]");
const TOUCHES = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart", "wheel"];
const TELL_EVERY = 240e3;
const SHARED = "sala:touched"; // the same time for every tab of this browser

let touched = Date.now();
let told = touched;
let leaving = false;

if (form && idle() > 0) {
  share(touched);
  for (const touch of TOUCHES) addEventListener(touch, note, { passive: true, capture: true });
  // Times are compared, not counted: timers stand still while the machine sleeps.
  setInterval(check, 5e3);
  document.addEventListener("visibilitychange", check);
  addEventListener("pageshow", (event) => (event.persisted ? location.reload() : check()));
}

function note() {
  const now = Date.now();
  if (now >= touched && now - touched < 1e3) return;
  if (isOver(now)) return leave(); // the first touch after a sleep may be another person's
  touched = now;
  share(now);
  if (now - told >= TELL_EVERY || now < told) tell(now);
}

function check() {
  if (isOver(Date.now())) leave();
}

function isOver(now) {
  return now - Math.max(touched, lastInAnyTab(now)) >= idle() * 1e3;
}

function lastInAnyTab(now) {
  try {
    const last = Number(localStorage.getItem(SHARED));
    return last <= now ? last : 0;
  } catch {
    return 0;
  }
}

function share(now) {
  try {
    localStorage.setItem(SHARED, now);
  } catch {
    // Private windows may have no storage; this tab still knows.
  }
}

async function tell(now) {
  told = now;
  try {
    const response = await post(stillUrl);
    if (response.status === 403 || response.type === "opaqueredirect") location.reload();
  } catch {
    told = 0; // no line: tell at the next touch
  }
}

async function leave() {
  if (leaving) return;
  leaving = true;
  if (!leaveUrl) return form.submit();
  try {
    await post(form.action);
  } catch {
    // No line: the server signs out by itself when the time is over.
  }
  location.replace(leaveUrl);
}

function post(url) {
  return fetch(url, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true });
}
