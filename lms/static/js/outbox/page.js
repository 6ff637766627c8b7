// On every page of a learner or of a centre's machine: send what waits, and say how that goes.

import { refresh } from "./banner.js";
import { deliver } from "./index.js";
import { leave, settleIn } from "./who.js";

const PATIENCE = 2e3;

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

settleIn()
  .then(() => refresh())
  .catch(console.error) // no disk for pages, as in some private windows: then answers are said not to be kept
  .then(() => deliver({ now: true }));
