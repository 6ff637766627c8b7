// Keep a page with all it needs: keep(entry, { kind, course, media, tell }). `entry` is one of the server's list.
//
// Files come first, then the page, then its record: whatever is cut short leaves the copy before whole, and what has
// come already is not fetched again. Throws Full where the phone has no room, and Cut for everything else.

import { FILES, PAGES } from "./places.js";
import { note, pagesOf } from "./records.js";

export class Full extends Error {}
export class Cut extends Error {}

const PICTURES = "img[src]";
const MEDIA = "audio[src], video[src], source[src], track[src], a[href]";
const OURS = /^\/(media|documents|static)\//;

export async function keep(entry, { kind, course = entry.key, media = false, tell = () => {} }) {
  try {
    const pages = await Promise.all(pagesOf(entry).map(fetchedPage));
    const texts = await Promise.all(pages.map((page) => page.clone().text()));
    const files = [...new Set(texts.flatMap((html) => filesOf(html, media)))];
    let weighed = new Blob(texts).size;
    tell(weighed);
    for (const url of files) {
      const size = await keepFile(url);
      weighed += size;
      tell(size);
    }
    const cache = await caches.open(PAGES);
    await Promise.all(pagesOf(entry).map((url, place) => cache.put(url, pages[place])));
    await note({ ...entry, lessons: undefined, kind, course, media, files, weighed });
  } catch (error) {
    if (error.name === "QuotaExceededError") throw new Full(entry.kept);
    throw error instanceof Cut ? error : new Cut(entry.kept, { cause: error });
  }
}

async function keepFile(url) {
  const cache = await caches.open(FILES);
  const before = await cache.match(url, { ignoreVary: true });
  if (before) return (await before.blob()).size;
  const file = await fetched(url);
  const { size } = await file.clone().blob();
  await cache.put(url, file);
  return size;
}

// Kept is only what is without anybody in it.
async function fetchedPage(url) {
  const page = await fetched(url, { cache: "no-store" });
  if (page.headers.get("X-Kept") !== "1") throw new Cut(url);
  return page;
}

async function fetched(url, options) {
  const response = await fetch(url, options);
  if (!response.ok || response.redirected) throw new Cut(`${response.status} ${url}`);
  return response;
}

function filesOf(html, media) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const parts = [page, ...[...page.querySelectorAll("template")].map(({ content }) => content)];
  const named = parts.flatMap((part) => [...part.querySelectorAll(media ? `${PICTURES}, ${MEDIA}` : PICTURES)]);
  const urls = named.map((element) => new URL(element.getAttribute("src") ?? element.getAttribute("href"), location));
  const ours = urls.filter(({ origin, pathname }) => origin === location.origin && OURS.test(pathname));
  return [...new Set(ours.map(({ pathname }) => pathname))];
}
