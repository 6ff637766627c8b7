// The outbox: what a learner does is on the disk, sealed, before the screen says anything, until the server has it.
//
//   await note({ verb: "answered", lesson, activity, answer, seconds, claimed_correct }); // its id; may be given as id
//   await note(facts, ["answers"], (answers) => …); // and other stores change with it, or nothing does
//   deliver();         // try to send what waits
//   await handIn(form, data, id); // send a form by itself whose event waits under this id
//   await waiting(who) // how many wait, of a learner's id
//
// Facts with a `move` are of a group (together/people.js): they are always handed over sealed, by /outbox/.
//
// note rejects with StorageFull where this device has no room for it.

import { clockOffset, inTime, isNoAnswer } from "./line.js";
import { seal } from "./seal.js";
import { settle } from "./sender.js";
import { change, read } from "./store.js";
import { me } from "./who.js";

export { deliver, settle } from "./sender.js";
export { StorageFull } from "./store.js";

const PATIENCE = 8e3; // milliseconds for the reply to a form

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

// The reply with its text; its isSettled says that the server has said what became of the event. Null where there was
// no reply to go by, and the outbox goes on by itself.
export async function handIn(form, data, id) {
  if (id) data.set("event", id);
  try {
    const options = { method: "POST", body: data, headers: { "X-Fragment": id ? "outbox" : "1" } };
    const { response, text } = await inTime(form.action, options, PATIENCE);
    if (isNoAnswer(response)) return null;
    return { text, response, isSettled: Boolean(id) && (await isSettled(response, id)) };
  } catch {
    return null;
  }
}

// 422 without a verdict: the server could not read it, says so, and it is filled in anew.
async function isSettled({ headers, status }, id) {
  const verdict = headers.get("X-Verdict");
  if (!verdict && status !== 422) return false;
  await settle(id, verdict, headers.get("X-Reason") ?? "").catch(console.error); // then it is sent once more
  return true;
}

// An id that nobody else makes and that sorts by the millisecond (RFC 9562). crypto.randomUUID does not exist on the
// plain HTTP of a centre's network; crypto.getRandomValues does.
export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 5, rest = now; place >= 0; place--, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
