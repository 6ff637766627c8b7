// deliver(): send what waits. The only one that sends, in a page or in the service worker.
//
// What this learner did goes to the API in their own session, opened; what others left here goes sealed, and the
// server opens it. An event goes from the disk only on its verdict.

import { give, take } from "./lease.js";
import { ask, clockOffset, isMeasured, LONGEST_REST, post, Refused, restAskedBy, Stop } from "./line.js";
import { open, toText } from "./seal.js";
import { change, read } from "./store.js";
import { sending } from "./who.js";

const BATCH = 500;
const FIRST_PAUSE = 2e3;
const LONGEST_PAUSE = 600e3;
const ELSEWHERE = 5e3; // another tab is sending: look again then
const REFUSED_WHOLE = [400, 413, 422];
const VERDICTS = ["accepted", "duplicate", "rejected"];
const NO_DEVICE = "/00000000-0000-0000-0000-000000000000"; // opens only for who signs in with that password again

// What the banner tells: sala:outbox events, with how it went.
export const news = new EventTarget();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("sala-outbox");
if (channel) channel.onmessage = ({ data }) => news.dispatchEvent(new CustomEvent("sala:outbox", { detail: data }));

let running = null;
let isAskedAgain = false;
let failures = 0;
let restsUntil = 0;
let timer;
let size = BATCH;

// { now: true } does not wait for the end of a pause of ours; what the server asked for is always waited for.
export function deliver({ now = false } = {}) {
  if (now) restsUntil = 0;
  isAskedAgain = true;
  running ??= rounds().finally(() => (running = null));
  return running;
}

async function rounds() {
  while (isAskedAgain) {
    isAskedAgain = false;
    try {
      await round();
    } catch (problem) {
      console.error(problem); // of the disk, most likely: what is on it stays
      tell({ failed: true });
    }
  }
}

async function round() {
  const kinds = await whose();
  if (!kinds.length) return tell({});
  const rest = Math.max(restsUntil, await pausedUntil()) - Date.now();
  if (rest > 0) return later(rest, tell({ failed: true }));
  if (!(await take())) return later(ELSEWHERE);
  const outcome = { sent: 0 };
  try {
    if (!isMeasured()) await ask("/healthz", { method: "HEAD" });
    await sendKinds(kinds, outcome);
    failures = 0;
  } catch (problem) {
    if (!(problem instanceof Stop)) throw problem;
    outcome.failed = true;
    await pause(problem);
  } finally {
    await give();
    tell(outcome);
  }
}

// "<learner>/<place>" of all that waits.
async function whose() {
  const found = [];
  await read(["events"], (events) => {
    events.index("by").openKeyCursor(null, "nextunique").onsuccess = ({ target: { result } }) => {
      if (!result) return;
      found.push(result.key);
      result.continue();
    };
  });
  return found;
}

async function sendKinds(kinds, outcome) {
  const who = await sending();
  for (const by of [...kinds].sort((one) => (one === who?.by ? -1 : 0))) {
    if (by === who?.by) await sendAll(by, outcome, (rows) => handIn(rows, who), { signIn: true });
    else if (!by.includes(NO_DEVICE) || by.startsWith(who?.by)) await sendAll(by, outcome, handOver, {});
  }
}

// Batch by batch, until none is left or it is not for us to send them: then that is noted in the outcome.
async function sendAll(by, outcome, hand, refusal) {
  for (;;) {
    const rows = await read(["events"], (events) => events.index("by").getAll(by, size));
    if (!rows.length) return;
    if (!(await take())) throw new Stop();
    try {
      outcome.sent += await handRows(rows, hand);
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      Object.assign(outcome, refusal);
      return;
    }
  }
}

// Send these rows; how many of them the server has counted.
async function handRows(rows, hand) {
  const { status, headers, body } = await hand(rows);
  if (status === 200) return keepOnly(rows, verdictsIn(body));
  if (status === 401 || status === 403) throw new Refused();
  if (!REFUSED_WHOLE.includes(status)) throw new Stop(restAskedBy(headers));
  if (rows.length > 1) return halves(rows, hand, status);
  if (!/problem\+json/.test(headers.get("Content-Type"))) throw new Stop(); // says something between us and the server
  return keepOnly(rows, [{ id: rows[0].id, status: "rejected", reason: `http_${status}` }]);
}

async function halves(rows, hand, status) {
  const middle = rows.length >> 1;
  if (status === 413) size = middle;
  return (await handRows(rows.slice(0, middle), hand)) + (await handRows(rows.slice(middle), hand));
}

async function handIn(rows, who) {
  const offset = await clockOffset();
  const events = rows.map(({ id, box }) => JSON.parse(open(who.key, id, box) ?? `{"id":"${id}"}`)); // refused, and aside
  if (offset) for (const event of events) event.clock_offset ??= offset;
  return post("/api/v1/events/", { events }, { "X-Learner": who.learner });
}

function handOver(rows) {
  const boxes = rows.map(({ id, learner, place, box }) => ({ id, learner, place, box: toText(box) }));
  return post("/outbox/", { boxes });
}

function verdictsIn(body) {
  try {
    return JSON.parse(body).verdicts ?? [];
  } catch {
    return []; // a page of something between us and the server
  }
}

async function keepOnly(rows, verdicts) {
  const known = new Map(rows.map((row) => [row.id, row]));
  const found = verdicts.filter(({ id, status }) => known.has(id) && VERDICTS.includes(status));
  if (!found.length) throw new Stop();
  await change(["events", "aside"], (events, aside) => {
    for (const { id, status, reason = "" } of found) {
      if (status === "rejected") aside.put({ ...known.get(id), reason });
      events.delete(id);
    }
  });
  return found.filter(({ status }) => status !== "rejected").length;
}

// What became of one event that a page handed in by itself. Without a verdict it is forgotten: nobody has said it yet.
export async function settle(id, status, reason = "") {
  await change(["events", "aside"], (events, aside) => {
    if (status !== "rejected") return events.delete(id);
    events.get(id).onsuccess = ({ target: { result } }) => {
      if (result) aside.put({ ...result, reason });
      events.delete(id);
    };
  });
}

async function pausedUntil() {
  const until = (await read(["state"], (state) => state.get("pause")))?.until ?? 0;
  return until - Date.now() > LONGEST_REST * 1.2 ? 0 : until; // the clock was wrong when it was written
}

// As long as the server asks, or longer each time; never all at the same moment.
async function pause({ wait }) {
  if (wait) {
    const until = Date.now() + wait * (1 + Math.random() / 5);
    await change(["state"], (state) => state.put({ name: "pause", until }));
    return later(until - Date.now());
  }
  const rest = restAfter(failures++);
  restsUntil = Date.now() + rest;
  later(rest);
}

// Milliseconds until the next try after one that failed, and so many failed before it.
export function restAfter(failures) {
  return Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE) * (0.5 + Math.random() / 2);
}

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(deliver, milliseconds);
  if (typeof document !== "undefined") askForSync();
}

// Where the browser can, it wakes the service worker when the line is back, even with no page open.
async function askForSync() {
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.sync?.register("sala-outbox").catch(() => {});
}

function tell(outcome) {
  news.dispatchEvent(new CustomEvent("sala:outbox", { detail: outcome }));
  channel?.postMessage(outcome);
}
