// On a learner's own phone the group's page opens again without a line: it is kept in the browser's database, sealed,
// until the group ends, another begins, or its owner signs out. Anywhere else nothing of it is.
//
//   keepUp(session, () => facts); // after each change of the page
//   await restore(session); // on the kept page: what was kept last, of this session if one is named, or null
//   hold(facts); // of a group that begins here; null where one is not to be resumed after all
//   resumed() // what restore() or hold() gave

import { open, seal } from "../outbox/seal.js";
import { change, read } from "../outbox/store.js";
import { isCopy, isOwnPhone, me } from "../outbox/who.js";

const REST = 300; // milliseconds without a change

let found = null;
let isKept = isCopy() || isOwnPhone();
let timer;

export const resumed = () => found;

export async function restore(session) {
  const who = await me();
  const row = who && (await read(["state"], (state) => state.get("group")));
  const text = row && (session ?? row.session) === row.session && open(who.key, row.session, row.box);
  return hold(text ? JSON.parse(text) : null);
}

export const hold = (facts) => (found = facts);

export function keepUp(session, facts) {
  if (!isKept) return;
  document.addEventListener("submit", ({ target }) => (isKept &&= !target.matches("[data-sign-out]")), { capture: true });
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(session, facts()).catch(console.error), REST);
  };
  new MutationObserver(later).observe(document.querySelector("main"), { attributes: true, childList: true, subtree: true });
  later();
}

async function keep(session, facts) {
  const { key } = await me();
  const box = seal(key, session, JSON.stringify(facts));
  if (!isKept) return;
  await change(["state"], (state) => state.put({ name: "group", session, box })); // of one, as beginning ends the one before
}

// The group has ended.
export async function forgetGroup() {
  isKept = false;
  clearTimeout(timer);
  await change(["state"], (state) => state.delete("group")).catch(console.error);
}
