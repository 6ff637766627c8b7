// Send what waits when the browser says that the line is back, even with no page open (background sync).
//
// A page that died while it was sending holds its turn for some seconds (outbox/lease.js): then it is tried again. What
// still waits in the end asks the browser to wake us once more.

import { deliver, news } from "../outbox/sender.js";
import { read } from "../outbox/store.js";

const TAG = "sala-outbox";
const TURNS = 7;
const BETWEEN = 6e3; // milliseconds

export function sendWhenBack() {
  addEventListener("sync", (event) => {
    if (event.tag === TAG) event.waitUntil(send());
  });
}

async function send() {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const { failed, signIn } = await tried();
    if (signIn || !(await read(["events"], (events) => events.count()))) return;
    if (failed) break;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN));
  }
  throw new Error("it waits for the next time");
}

// How it went, as the sender tells it; nothing where it was not our turn.
async function tried() {
  let outcome = {};
  const note = ({ detail }) => (outcome = detail);
  news.addEventListener("sala:outbox", note);
  await deliver({ now: true });
  news.removeEventListener("sala:outbox", note);
  return outcome;
}
