// One answer of a group is an event for each who was there, in the outbox of whoever leads, before the screen says
// anything.

import { note, settle } from "../outbox/index.js";
import { lesson, session } from "./group.js";

const LOW_BITS = (1n << 62n) - 1n;

// The id of a learner's share in an answer: courses.groups.own_id makes the same one.
export function ownId(base, learner) {
  const hex = (number(base) ^ (number(learner) & LOW_BITS)).toString(16).padStart(32, "0");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const number = (id) => BigInt(`0x${id.replaceAll("-", "")}`);

// The ids that are on the disk now; none for a group activity, or where there is no room.
export async function noted(base, learners, facts) {
  if (!lesson) return [];
  const ids = [];
  try {
    for (const learner of learners) {
      const own = { id: ownId(base, learner), learner, lesson, session };
      ids.push(await note({ ...own, ...facts }));
    }
  } catch (problem) {
    console.error(problem); // with the line they are sent all the same
  }
  return ids;
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
