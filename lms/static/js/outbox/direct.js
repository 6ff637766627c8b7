// handIn(form, data, id): send a form whose event waits in the outbox under this id.
//
// The reply with its text; its isSettled says that the server has said what became of the event. Null where there was
// no reply to go by, and the outbox goes on by itself.

import { inTime, isNoAnswer } from "./line.js";
import { settle } from "./sender.js";

const PATIENCE = 8e3;

export async function handIn(form, data, id) {
  if (id) data.set("event", id);
  try {
    const options = { method: "POST", body: data, headers: { "X-Fragment": id ? "outbox" : "1" } };
    const { response, text } = await inTime(form.action, options, PATIENCE);
    if (isNoAnswer(response)) return null;
    return { text, response, isSettled: Boolean(id) && (await isSettled(response, id)) };
  } catch {
    return null;
  }
}

// 422 without a verdict: the server could not read it, says so, and it is filled in anew.
async function isSettled({ headers, status }, id) {
  const verdict = headers.get("X-Verdict");
  if (!verdict && status !== 422) return false;
  await settle(id, verdict, headers.get("X-Reason") ?? "").catch(console.error); // then it is sent once more
  return true;
}
