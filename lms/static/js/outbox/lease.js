// One sender at a time in this browser: whoever wrote its name into the store, for half a minute at a time.
//
// navigator.locks does not exist on the plain HTTP of a centre's network. A tab that dies gives way when its time is
// over; if two send at once all the same, the server counts nothing twice.

import { change } from "./store.js";

export const LEASE = 30e3;
const holder = `${Math.random()}`;

// Whether this page holds it now; taken again while one holds it, it lasts longer.
export async function take(now = Date.now()) {
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

export async function give() {
  await change(["state"], (state) => {
    state.get("lease").onsuccess = ({ target }) => {
      if (target.result?.holder === holder) state.delete("lease");
    };
  });
}
