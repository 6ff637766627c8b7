// Keep up with the server: newer editions replace older ones, and courses that were begun are kept by themselves.
//
// Says "sala:kept" when it has changed what is kept.

import { writeState } from "./places.js";
import { keep } from "./keeping.js";
import { entriesOf, listing, Unlinked } from "./listing.js";
import { forget, forgetAll, records, sweep } from "./records.js";

// Two tabs do not fetch the same at once.
export function withLock(work) {
  return navigator.locks.request("sala-kept", work);
}

export async function goAll() {
  await withLock(forgetAll);
  writeState(null);
}

export async function goIfUnlinked() {
  try {
    await listing();
  } catch (error) {
    if (error instanceof Unlinked) await goAll();
  }
}

export function keepUp(release) {
  return withLock(async () => {
    const list = await listing().catch(() => null);
    if (!list) return;
    const state = { learner: list.learner, release, begun: list.courses.filter(({ begun }) => begun).map(({ key }) => key) };
    writeState({ ...state, at: 0 }); // whose it is, before anything of theirs is here
    if (await keepAll(list)) {
      await sweep();
      document.dispatchEvent(new CustomEvent("sala:kept"));
    }
    writeState({ ...state, at: Date.now() });
  });
}

// Whether anything changed. What is cut short is taken up on the next page.
async function keepAll(list) {
  const kept = new Map((await records()).map((record) => [record.key, record]));
  const pages = list.pages.map((page) => ({ entry: { ...page, key: page.kept }, kind: "page" }));
  const entries = [...pages, ...entriesOf(list)];
  let changed = await forgetOthers(kept, new Set(entries.map(({ entry }) => entry.key)));
  const chosen = withBegun(list);
  for (const { entry, kind, course } of entries) {
    const record = kept.get(entry.key);
    const isWanted = record ? record.kind !== "refused" : kind === "page" || chosen.has(entry.key);
    if (!isWanted || (record?.version === entry.version && record.kept === entry.kept)) continue;
    await keep(entry, { kind, course, media: record?.media });
    changed = true;
  }
  return changed;
}

// What the server no longer offers: a course that was taken back, a lesson that moved.
async function forgetOthers(kept, offered) {
  const gone = [...kept.keys()].filter((key) => !offered.has(key));
  for (const key of gone) await forget(key);
  return gone.length > 0;
}

// The keys of all that belongs to a course which was begun, unless the browser is told to save data.
function withBegun(list) {
  if (navigator.connection?.saveData) return new Set();
  const begun = list.courses.filter((course) => course.begun);
  return new Set(begun.flatMap((course) => [course.key, ...course.lessons.map((lesson) => lesson.key)]));
}
