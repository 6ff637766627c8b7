// Who learns on this page, and with which key their outbox is sealed here.

import { toBytes } from "./seal.js";
import { change, read } from "./store.js";

const page = () => (typeof document === "undefined" ? {} : document.body.dataset);

// A page kept on a phone has nobody in it: it is its owner's.
export const isCopy = () => page().copy !== undefined;
export const isOwnPhone = () => page().ownPhone !== undefined;

// { learner, place, key, by } or null for a visitor.
export async function me() {
  const { learner, outboxKey, outboxPlace } = page();
  if (learner && outboxKey) return person(learner, outboxPlace, toBytes(outboxKey));
  return isCopy() ? owner() : null;
}

// Whose events may be opened and sent: also while the owner of the phone is signed out by time.
export const sending = async () => (await me()) ?? owner();

async function owner() {
  const [found] = await read(["phone"], (phone) => phone.getAll(null, 1));
  return found ? person(found.learner, found.place, found.key) : null;
}

const person = (learner, place, key) => ({ learner, place, key, by: `${learner}/${place}` });

// On their own phone a learner's key stays, so that kept pages work without the server. Anywhere else nothing does.
export async function settleIn() {
  if (isCopy()) return;
  const who = await me();
  if (who && isOwnPhone()) await keepOwner(who);
  else if (who) await leave();
}

async function keepOwner({ learner, place, key }) {
  const known = await owner();
  if (known?.learner !== learner) await leave();
  await change(["phone"], (phone) => phone.put({ learner, place, key }));
  navigator.storage?.persist?.(); // a phone short of room then empties other things first
}

// Signing out takes the key and the answers along. What waits stays, sealed.
export async function leave() {
  await change(["phone", "answers", "state"], (phone, answers, state) => {
    phone.clear();
    answers.clear();
    state.delete("group");
  });
}
