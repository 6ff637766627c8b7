// How far this device's clock is behind the server's: seconds, or 0 where it does not matter.

import { change, read } from "./store.js";

const NOTICED = 60; // seconds; less may be a slow line
let known; // learned on this page

export async function clockOffset() {
  return known ?? (await read(["state"], (state) => state.get("clock")).catch(() => null))?.offset ?? 0;
}

export const isMeasured = () => known !== undefined;

// From any answer of ours. Not from whatever a network's own page says before it lets people through.
export async function lookAtClock(response) {
  const date = Date.parse(response.headers.get("Date"));
  if (!date || !/json/.test(response.headers.get("Content-Type"))) return;
  const seconds = Math.round((date - Date.now()) / 1e3);
  const offset = Math.abs(seconds) > NOTICED ? seconds : 0;
  if (offset === known) return;
  known = offset;
  await change(["state"], (state) => state.put({ name: "clock", offset })).catch(() => {});
}
