// [data-lesson-key]: say of each lesson in a list whether it is kept on this phone; with no line, also that it is not.
//
// The page holds <template id="kept-words"> with a [data-kept] and a [data-not-kept] to show.

import { canKeep } from "./places.js";
import { records } from "./records.js";

const words = document.querySelector("#kept-words")?.content;
const withoutLine = () => document.body.dataset.copy !== undefined || !navigator.onLine;

async function draw() {
  const kept = new Set((await records()).filter((record) => record.kept).map(({ key }) => key));
  for (const row of document.querySelectorAll("[data-lesson-key]")) {
    row.querySelector("[data-kept], [data-not-kept]")?.remove();
    const here = kept.has(row.dataset.lessonKey);
    if (here || withoutLine()) row.querySelector(".grow").append(chip(here ? "[data-kept]" : "[data-not-kept]"));
  }
}

const chip = (name) => words.querySelector(name).cloneNode(true);

if (words && canKeep) {
  draw();
  document.addEventListener("sala:kept", draw);
  addEventListener("online", draw);
  addEventListener("offline", draw);
}
