// <form data-finish data-next="<url>">: finish a lesson, with a line or without, and go on.
//
// Without a line the next page can be shown only where this phone keeps it. Elsewhere <template id="finish-kept">
// holds the note to show: it is on the disk, and goes out by itself.
//
// Beside it <p data-left="เหลือ __n ข้อ" data-none="ทำครบแล้ว"> says how many of [data-activity][data-open] are left.

import { focusOn } from "./drawing.js";
import { noted, spent } from "./lesson.js";
import { deliver, handIn } from "./outbox/index.js";
import { isCopy } from "./outbox/who.js";

const form = document.querySelector("form[data-finish]");
let isBusy = false;

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  await finish().finally(() => (isBusy = false));
});

async function finish() {
  const id = await noted({ verb: "finished", seconds: spent() });
  if (!id && !isCopy()) return form.submit(); // a visitor, or no room: the server's own way
  const reply = isCopy() ? null : await handIn(form, new FormData(form), id);
  if (reply?.response.redirected) return location.assign(reply.response.url); // signed out meanwhile
  if (reply?.isSettled) return location.assign(JSON.parse(reply.text).next);
  deliver();
  if (await isKept(form.dataset.next)) location.assign(form.dataset.next);
  else sayKept();
}

async function isKept(path) {
  const kept = path.replace("/courses/", "/kept/courses/");
  return Boolean(await globalThis.caches?.match(kept, { ignoreVary: true }).catch(() => null));
}

function sayKept() {
  document.querySelector("[data-finish-kept]")?.remove();
  const note = document.querySelector("#finish-kept").content.firstElementChild.cloneNode(true);
  note.dataset.finishKept = "";
  document.querySelector("#main").append(note);
  focusOn(note);
}

// Told anew whenever answer.js has put an answered activity in its place.
document.addEventListener("sala:swapped", () => {
  const words = document.querySelector("[data-left]");
  const left = document.querySelectorAll("[data-activity][data-open]").length;
  if (words) words.textContent = left ? words.dataset.left.replace("__n", left) : words.dataset.none;
});
