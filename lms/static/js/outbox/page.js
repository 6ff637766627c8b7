// On every page of a learner or of a centre's machine: send what waits, and say how that goes.
//
// <div data-outbox role="status"> says what waits to be sent, when it was sent, and what somebody has to do about it.
// Each <p data-tell="…" hidden> in it holds the words for one thing, with __n for how many or __time: waiting, sign-in,
// sent, aside, full, and others (what people left at this machine; only where nobody is signed in).

import { deliver, setAside, waiting } from "./index.js";
import { clockOffset } from "./line.js";
import { news } from "./sender.js";
import { read } from "./store.js";
import { leave, sending, settleIn } from "./who.js";

const PATIENCE = 2e3;
const banner = document.querySelector("[data-outbox]");
let sentAt = 0;

addEventListener("online", () => deliver({ now: true }));
addEventListener("pageshow", ({ persisted }) => persisted && deliver({ now: true }));

// Whoever signs out takes their key along, before the page goes.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-sign-out]")) return;
  event.preventDefault();
  const over = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  Promise.race([leave().catch(() => {}), over]).then(() => form.submit());
});

news.addEventListener("sala:outbox", ({ detail }) => refresh(detail));

// There is no room on this device: what was just answered is not kept.
document.addEventListener("sala:full", () => tell("full", 1));

settleIn()
  .then(() => refresh())
  .catch(console.error) // no disk for pages, as in some private windows: then answers are said not to be kept
  .then(() => deliver({ now: true }));

async function refresh({ sent = 0, signIn = false } = {}) {
  const who = await sending();
  const mine = who ? await waiting(who.learner) : 0;
  if (sent) sentAt = Date.now() + (await clockOffset()) * 1e3;
  tell("waiting", signIn ? 0 : mine);
  tell("sign-in", signIn ? mine : 0);
  tell("sent", who && !mine && sentAt ? 1 : 0);
  tell("aside", who ? await setAside(who.learner) : 0);
  tell("others", who ? 0 : await read(["events"], (events) => events.count()));
}

function tell(name, n) {
  const line = banner?.querySelector(`[data-tell="${name}"]`);
  if (!line) return;
  const words = line.querySelector("[data-words]");
  words.textContent = words.dataset.words.replace("__n", n).replace("__time", time(sentAt));
  line.hidden = !n;
  banner.querySelector(".banner").hidden = !banner.querySelector("[data-tell]:not([hidden])");
}

function time(moment) {
  return new Date(moment).toLocaleTimeString("th", { hour: "2-digit", minute: "2-digit" });
}
