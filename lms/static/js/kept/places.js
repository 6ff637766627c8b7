// Where a learner's own phone keeps lessons: caches of the browser, read by pages and by the worker.

export const PAGES = "sala-kept-pages"; // pages without anybody in them, by their /kept/ addresses
export const FILES = "sala-kept-files"; // pictures, sound and films that these pages name
export const RECORDS = "sala-kept-records"; // what is kept, and in which edition: see records.js

// Caches need a worker to be of use, and a secure context to exist.
export const canKeep = "serviceWorker" in navigator && "caches" in globalThis;

// What was found when the server's list was last asked for: { learner, release, begun: [keys of courses], at }, or null.
const STATE = "sala:kept";

export function readState() {
  return JSON.parse(localStorage.getItem(STATE) ?? "null");
}

export function writeState(state) {
  if (state) localStorage.setItem(STATE, JSON.stringify(state));
  else localStorage.removeItem(STATE);
}
