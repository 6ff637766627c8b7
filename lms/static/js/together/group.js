// The group on this page: <div data-group="<session>" data-mode data-lesson data-steps="<url>">.
//
// What is needed to go on without a line is fetched after the page and lies in memory only, as the page is of several
// people and may be on a shared machine. On a learner's own phone saved.js keeps it, sealed.

import { inTime, isNoAnswer } from "../outbox/line.js";
import { resumed } from "./saved.js";

export const group = document.querySelector("[data-group]");
export const { group: session, mode, lesson } = group?.dataset ?? {};

const PATIENCE = 8e3;

// Of a group that began without a line, and of which the server does not know yet.
export const isBegun = group?.dataset.begun !== undefined;

// { steps, definitions, moments, spans, door, lock, newcomers }, or null while there is none.
let fetched = null;
export const known = () => fetched;
export const ready = resumed() ? Promise.resolve((fetched = resumed().known)) : group ? fetch(group.dataset.steps).then(async (reply) => (fetched = reply.ok ? await reply.json() : null)).catch(() => null) : null;

// The ids of those who are here, as the chips on the screen say; and of those among them whose code is not checked yet.
export const here = () => [...new Set([...idsIn("#here"), ...coming()])];
export const coming = () => idsIn("#coming-in");

const idsIn = (place) => [...document.querySelectorAll(`${place} [data-person]`)].map((chip) => chip.dataset.person);

// The reply with its text, or null where there was none to go by: then the line is taken for cut.
export async function post(url, body, headers = {}) {
  if (isBegun) return null;
  try {
    const { response: reply, text } = await inTime(url, { method: "POST", body, headers }, PATIENCE);
    if (isNoAnswer(reply)) return null;
    isCut(false);
    return { reply, text };
  } catch {
    isCut(true);
    return null;
  }
}

// What can be done only with a line goes; who comes and goes among those who were let in is asked for here.
export function isCut(isDown) {
  const cut = isDown || isBegun;
  for (const part of document.querySelectorAll("[data-cut]")) part.hidden = !cut;
  for (const part of document.querySelectorAll("[data-needs-line]")) part.hidden = cut;
}

if (group) {
  addEventListener("offline", () => isCut(true));
  addEventListener("online", () => isCut(false));
  if (resumed()) isCut(true);
}
