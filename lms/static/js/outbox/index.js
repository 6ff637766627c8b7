// The outbox: what a learner does is on the disk, sealed, before the screen says anything, until the server has it.
//
//   await note({ verb: "answered", lesson, activity, answer, seconds, claimed_correct }); // its id; may be given as id
//   await note(facts, ["answers"], (answers) => …); // and other stores change with it, or nothing does
//   deliver();         // try to send what waits
//   await waiting(who) // how many wait, of a learner's id
//
// Facts with a `move` are of a group (together/people.js): they are always handed over sealed, by /outbox/.
//
// note rejects with StorageFull where this device has no room for it.

import { clockOffset } from "./clock.js";
import { seal } from "./seal.js";
import { change, read } from "./store.js";
import { uuid7 } from "./uuid7.js";
import { me } from "./who.js";

export { deliver, settle } from "./sender.js";
export { StorageFull } from "./store.js";

export async function note(facts, names = [], work = () => {}) {
  const who = await me();
  if (!who) throw new Error("nobody learns here");
  const event = { id: uuid7(), learner: who.learner, occurred_at: new Date().toISOString(), ...facts };
  const offset = await clockOffset();
  if (offset) event.clock_offset ??= offset;
  const box = seal(who.key, event.id, JSON.stringify(event));
  const { learner, place } = who;
  const by = facts.move ? `${who.by}/group` : who.by;
  await change(["events", ...names], (events, ...others) => {
    events.put({ id: event.id, by, learner, place, made: Date.now(), box });
    work(...others);
  });
  return event.id;
}

export const waiting = (learner) => counted("events", learner);
export const setAside = (learner) => counted("aside", learner);

function counted(name, learner) {
  return read([name], (store) => store.index("by").count(IDBKeyRange.bound(`${learner}/`, `${learner}0`)));
}
