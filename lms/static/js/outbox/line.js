// The line to the server, which may be slow or gone, and the server's time, which its answers tell.
//
//   await post(url, body, headers); // the response, or it throws a Stop
//   await clockOffset(); // how many seconds this device's clock is behind, or 0 where it does not matter

import { change, read } from "./store.js";

const PATIENCE = 20e3;
export const LONGEST_REST = 3600e3;
const NOTICED = 60; // seconds; less may be a slow line
let known; // learned on this page

// Nothing can be sent for now: for `wait` milliseconds where the server says so.
export class Stop extends Error {
  constructor(wait) {
    super("nothing can be sent for now");
    this.wait = wait;
  }
}

// Whoever has this session may not send these.
export class Refused extends Error {}

export async function post(url, body, headers = {}) {
  const token = await csrfToken();
  const json = { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" };
  return ask(url, { method: "POST", body: JSON.stringify(body), headers: { ...json, ...headers } });
}

export async function ask(url, options) {
  try {
    const { response, text } = await inTime(url, { ...options, cache: "no-store", redirect: "manual" }, PATIENCE);
    await lookAtClock(response);
    return { status: response.status, headers: response.headers, body: text };
  } catch {
    throw new Stop(); // no line, or one that is too slow
  }
}

// The whole of a reply, if it comes within so many milliseconds; else it throws.
export async function inTime(url, options, patience) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), patience);
  try {
    const response = await fetch(url, { ...options, signal: abort.signal });
    return { response, text: await response.text() };
  } finally {
    clearTimeout(timer);
  }
}

// A reply to a form of a page that says nothing of the answer: a fault, a page open too long, or too much at once.
export const isNoAnswer = ({ status }) => status >= 500 || status === 403 || status === 429;

// Milliseconds that a Retry-After asks for, in seconds or as a date; undefined where it asks for none.
export function restAskedBy(headers) {
  const asked = headers.get("Retry-After");
  if (!asked) return undefined;
  const seconds = /^\d+$/.test(asked) ? Number(asked) : (Date.parse(asked) - Date.parse(headers.get("Date"))) / 1e3;
  return seconds > 0 ? Math.min(seconds * 1e3, LONGEST_REST) : undefined;
}

export async function csrfToken() {
  if (typeof document !== "undefined") return document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
  return (await globalThis.cookieStore?.get("csrftoken"))?.value ?? ""; // in the service worker
}

export async function clockOffset() {
  return known ?? (await read(["state"], (state) => state.get("clock")).catch(() => null))?.offset ?? 0;
}

export const isMeasured = () => known !== undefined;

// From any answer of ours. Not from whatever a network's own page says before it lets people through.
async function lookAtClock(response) {
  const date = Date.parse(response.headers.get("Date"));
  if (!date || !/json/.test(response.headers.get("Content-Type"))) return;
  const seconds = Math.round((date - Date.now()) / 1e3);
  const offset = Math.abs(seconds) > NOTICED ? seconds : 0;
  if (offset === known) return;
  known = offset;
  await change(["state"], (state) => state.put({ name: "clock", offset })).catch(() => {});
}
