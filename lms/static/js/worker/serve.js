// The service worker: what /sw.js imports. serve({ release, shell, none, check }) while the script is first read.
//
// A page that was asked for comes from the line, and from what is kept only when the line is down. Nothing that the
// line brings is stored here: pages are kept by kept/keeping.js, on a learner's own phone, from addresses that are
// drawn without anybody in them. The outbox (IndexedDB) is only sent, by its own
// sender.

import { fileOrLine, pageOrKept, shellOrLine } from "./answering.js";
import { sendWhenBack } from "./sending.js";
import { install, makeWay } from "./shell.js";

const OTHERS = /^\/(studio|api|documents|media|static|_util)\//; // their pages are never kept

export function serve(site) {
  addEventListener("install", (event) => event.waitUntil(install(site).then(() => skipWaiting())));
  addEventListener("activate", (event) => event.waitUntil(makeWay(site).then(() => clients.claim())));
  addEventListener("fetch", (event) => {
    const answer = answerTo(event, site);
    if (answer) event.respondWith(answer);
  });
  sendWhenBack();
}

function answerTo(event, site) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return null;
  if (request.mode === "navigate") return OTHERS.test(pathname) ? null : pageOrKept(event, pathname, site);
  if (pathname.startsWith("/static/")) return shellOrLine(request, pathname);
  if (/^\/(media|documents)\//.test(pathname)) return fileOrLine(request);
  return null;
}
