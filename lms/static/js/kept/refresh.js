// Whether there is something to do about what this phone keeps; what it is stands in keeping_up.js, fetched only then.
//
// Pages tell by <body data-kept-list data-release [data-own-phone data-learner]>. The server's list is asked for at most
// every ten minutes, and at once after a new release or when a lesson of a new course was opened. Where somebody else
// sits now, or the phone was unlinked, all that was kept goes.

import { canKeep, readState } from "./places.js";

const EVERY = 600e3;
const LEAVING = "sala:leaving";

const { keptList, ownPhone, learner, release } = document.body.dataset;
const isOwn = ownPhone !== undefined;

document.addEventListener("submit", (event) => {
  if (isOwn && event.target.matches("[data-sign-out]")) localStorage.setItem(LEAVING, "1");
});

async function refresh() {
  const state = readState();
  const isLeaving = localStorage.getItem(LEAVING) !== null;
  localStorage.removeItem(LEAVING);
  if (state && ((isLeaving && !isOwn) || (learner && learner !== state.learner))) await (await work()).goAll();
  else if (state && !isOwn) await (await work()).goIfUnlinked();
  if (isOwn && isDue(readState())) await (await work()).keepUp(release);
}

function isDue(state) {
  const opened = document.querySelector("[data-lesson][data-course]")?.dataset.course;
  if (!state || state.release !== release || (opened && !state.begun.includes(opened))) return true;
  return !(Date.now() - state.at < EVERY);
}

const work = () => import("./keeping_up.js");

if (canKeep && keptList) refresh().catch(() => {});
