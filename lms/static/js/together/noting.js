// One answer of a group is an event for each who was there, in the outbox of whoever leads, before the screen says
// anything. Who comes and goes without a line, and the end, are moves in the same outbox.

import { deliver, note, settle } from "../outbox/index.js";
import { coming, isBegun, lesson, session } from "./group.js";

const LOW_BITS = (1n << 62n) - 1n;

// The id of a learner's share in an answer: courses.groups.own_id makes the same one.
export function ownId(base, learner) {
  const hex = (number(base) ^ (number(learner) & LOW_BITS)).toString(16).padStart(32, "0");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const number = (id) => BigInt(`0x${id.replaceAll("-", "")}`);

// The ids that are on the disk now; none for a group activity, or where there is no room. What they did whose code is
// not checked yet is a move: it counts with their coming, or not at all. So is everything in a group that the server
// does not know yet: it counts with its beginning.
export async function noted(base, learners, facts) {
  if (!lesson) return [];
  const ids = [];
  const unchecked = coming();
  try {
    for (const learner of learners) {
      const own = { id: ownId(base, learner), learner, lesson, session, ...facts };
      ids.push(await note(isBegun || unchecked.includes(learner) ? { ...own, move: "learned" } : own));
    }
  } catch (problem) {
    console.error(problem); // with the line they are sent all the same
  }
  return ids;
}

// "left", "back", "came" or "ended", as courses.group_moves reads it. Whether it is on the disk.
export async function moved(move, learner, occurred_at, facts = {}) {
  try {
    await note({ move, learner, session, occurred_at, ...facts });
  } catch (problem) {
    console.error(problem); // no room: the screen goes on
    return false;
  }
  deliver();
  return true;
}

// `<event>=<status>:<reason>,…`: what became of each. What could not even be read (422) is filled in anew.
export async function settled(ids, reply) {
  if (!reply) return;
  const told = (reply.headers.get("X-Verdicts") ?? "").split(",").filter(Boolean);
  const verdicts = new Map(told.map((each) => each.split("=")));
  for (const id of ids) {
    const verdict = verdicts.get(id);
    if (!verdict && reply.status !== 422) continue;
    const [status, reason] = (verdict ?? "").split(":");
    await settle(id, status, reason).catch(console.error);
  }
}
