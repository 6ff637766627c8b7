// What is kept on this phone: one record for each course and lesson, written when all of it is there.
//
// A record is what the server's list says of it ({ key, title, url, kept, version, ... }), and besides: kind ("course",
// "lesson", "page"), course (key), files (addresses), weighed (bytes), media (whether sound and film were chosen).
// A course that a learner took away is { kind: "refused" }, so that it does not come back by itself.

import { FILES, PAGES, RECORDS } from "./places.js";

const address = (key) => `/kept/records/${encodeURIComponent(key)}`;

// A lesson's own or a course's, and where a group begins on it.
export const pagesOf = ({ kept, together }) => [kept, together].filter(Boolean);

export async function records() {
  if (!(await caches.has(RECORDS))) return [];
  const cache = await caches.open(RECORDS);
  const found = await Promise.all((await cache.keys()).map(async (request) => (await cache.match(request))?.json()));
  return found.filter(Boolean);
}

export async function recordOf(key) {
  if (!(await caches.has(RECORDS))) return null;
  const found = await (await caches.open(RECORDS)).match(address(key));
  return found ? found.json() : null;
}

export async function note(record) {
  await (await caches.open(RECORDS)).put(address(record.key), Response.json(record));
}

export async function forget(key) {
  const record = await recordOf(key);
  if (!record) return;
  await (await caches.open(RECORDS)).delete(address(key));
  const cache = await caches.open(PAGES);
  for (const url of pagesOf(record)) await cache.delete(url);
}

// Files and pages that no record names any longer.
export async function sweep() {
  const all = await records();
  await keepOnly(FILES, new Set(all.flatMap((record) => record.files ?? [])));
  await keepOnly(PAGES, new Set(all.flatMap(pagesOf)));
}

export async function forgetAll() {
  await Promise.all([RECORDS, PAGES, FILES].map((name) => caches.delete(name)));
}

async function keepOnly(name, wanted) {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (!wanted.has(pathname)) await cache.delete(request);
  }
}
