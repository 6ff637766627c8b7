// One sender at a time in this browser: whoever wrote its name into the store, and writes it again while it sends.
//
// navigator.locks does not exist on the plain HTTP of a centre's network. A tab that is closed gives its turn up, and
// one that dies loses it in seconds; if two send at once all the same, the server counts nothing twice.

import { change } from "./store.js";

const LEASE = 6e3;
const RENEWED = 2e3;
const holder = `${Math.random()}`;
let renewing;

// Whether this page holds it now.
export async function take() {
  clearInterval(renewing);
  const isMine = await written();
  renewing = isMine && setInterval(() => written().catch(() => {}), RENEWED);
  return isMine;
}

export async function give() {
  stop();
  await change(["state"], (state) => {
    state.get("lease").onsuccess = ({ target }) => {
      if (target.result?.holder === holder) state.delete("lease");
    };
  });
}

async function written(now = Date.now()) {
  let isMine = false;
  await change(["state"], (state) => {
    state.get("lease").onsuccess = ({ target }) => {
      const until = target.result?.until ?? 0;
      isMine = target.result?.holder === holder || until < now || until > now + LEASE; // or its clock was wrong
      if (isMine) state.put({ name: "lease", holder, until: now + LEASE });
    };
  });
  return isMine;
}

function stop() {
  clearInterval(renewing);
  renewing = null;
}

// There is no time left to ask whose it is.
addEventListener("pagehide", () => {
  if (!renewing) return;
  stop();
  change(["state"], (state) => {
    state.delete("lease");
    state.transaction.commit?.();
  }).catch(() => {});
});
