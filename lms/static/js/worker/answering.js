// From the line or from what is kept: each kind of request in its own way.

import { FILES, PAGES } from "../kept/places.js";
import { partOf } from "./ranges.js";
import { keepChecking, shells } from "./shell.js";

const PATIENCE = 4000; // milliseconds for a line that gives nothing, and only where a kept page could be shown
const NOBODY_HOME = [502, 503, 504]; // what a web server says whose site is away
const GROUP = /^(\/together\/)[0-9a-f-]{36}\/$/;
const CHECKING = /^\/check\//;
const HASH = /\.[0-9a-f]{12}(?=\.\w+$)/;

export async function pageOrKept(event, pathname, site) {
  const line = pageFromLine(event);
  line.catch(() => {}); // it may still fail when nobody waits for it any longer
  const kept = (await keptPage(pathname, site)) ?? (await checkingPage(event, line, pathname, site));
  try {
    const response = await (kept ? inTime(line) : line);
    return kept && NOBODY_HOME.includes(response.status) ? kept : response;
  } catch {
    return kept ?? (await noPage(pathname, site));
  }
}

export async function shellOrLine(request, pathname) {
  const names = await shells();
  for (const name of names.reverse()) {
    const found = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (found) return found;
  }
  try {
    return (await fromFiles(request)) ?? (await fetch(request));
  } catch (error) {
    const alike = await sameNameIn(names, pathname);
    if (alike) return alike;
    throw error;
  }
}

export async function fileOrLine(request) {
  const kept = await fromFiles(request);
  return kept ? partOf(kept, request.headers.get("Range")) : fetch(request);
}

async function pageFromLine(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

async function inTime(line) {
  let timer;
  const over = new Promise((_, fail) => (timer = setTimeout(fail, PATIENCE, new TypeError("no answer"))));
  try {
    return await Promise.race([line, over]);
  } finally {
    clearTimeout(timer);
  }
}

// /courses/a/b/ is kept as /kept/courses/a/b/, any group as /kept/together/, and / as /kept/; in English all of them stand under /en/.
async function keptPage(pathname, { none }) {
  if (!(await caches.has(PAGES))) return null;
  const cache = await caches.open(PAGES);
  for (const [prefix, path] of inLanguages(pathname, none)) {
    const found = await cache.match(prefix + (path.startsWith("/kept/") ? path : `/kept${path.replace(GROUP, "$1")}`), { ignoreVary: true });
    if (found) return found;
  }
  return null;
}

// On the page that everybody keeps a certificate is checked by the keys that stand in it.
async function checkingPage(event, line, pathname, site) {
  const [[prefix, path]] = inLanguages(pathname, site.none);
  if (!CHECKING.test(path)) return null;
  event.waitUntil(line.then(() => keepChecking(site)).catch(() => {}));
  return caches.match(`${prefix}/kept/check/`, { ignoreVary: true });
}

// The page in the reader's language first, then in the others: a kept lesson in another language is better than none.
function inLanguages(pathname, none) {
  const prefixes = Object.values(none).map((url) => url.replace(/\/kept\/none\/$/, ""));
  const own = prefixes.find((prefix) => prefix && pathname.startsWith(`${prefix}/`)) ?? "";
  return [own, ...prefixes.filter((prefix) => prefix !== own)].map((prefix) => [prefix, pathname.slice(own.length)]);
}

async function noPage(pathname, { none }) {
  const [[prefix]] = inLanguages(pathname, none);
  const url = Object.values(none).find((address) => address === `${prefix}/kept/none/`);
  return (await caches.match(url, { ignoreVary: true })) ?? Response.error();
}

async function fromFiles(request) {
  if (!(await caches.has(FILES))) return null;
  return (await caches.open(FILES)).match(request.url, { ignoreVary: true });
}

// A kept page of an older release asks for files by their older names: the newer ones are better than none.
async function sameNameIn(names, pathname) {
  const wanted = pathname.replace(HASH, "");
  for (const name of names) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (new URL(request.url).pathname.replace(HASH, "") === wanted) return cache.match(request, { ignoreVary: true });
    }
  }
  return null;
}
