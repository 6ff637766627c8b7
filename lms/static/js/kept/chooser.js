// <section data-keeping="<course key>" hidden>: keep a course or single lessons on this phone, and take them away.
//
// Inside: [data-all] with [data-keep], [data-drop]; input[data-media]; <ul data-rows> filled from <template data-row>;
// <progress>; [data-said]. The words are in its data-* attributes: about (a size), kept, full, cut, getting.

import { canKeep } from "./places.js";
import { Full, keep } from "./keeping.js";
import { withLock } from "./keeping_up.js";
import { listing } from "./listing.js";
import { forget, note, records, sweep } from "./records.js";
import { sized } from "./sizes.js";

const section = document.querySelector("[data-keeping]");
const bar = section?.querySelector("progress");
const media = section?.querySelector("input[data-media]");
let course;

if (section && canKeep && document.body.dataset.ownPhone !== undefined) begin();

async function begin() {
  const list = await listing().catch(() => null);
  course = list?.courses.find(({ key }) => key === section.dataset.keeping);
  if (!course?.lessons.length) return;
  drawRows();
  section.addEventListener("click", pressed);
  media.addEventListener("change", draw);
  document.addEventListener("sala:kept", draw);
  await draw();
  section.hidden = false;
}

function drawRows() {
  const template = section.querySelector("template[data-row]");
  for (const lesson of course.lessons) {
    const row = template.content.firstElementChild.cloneNode(true);
    row.dataset.key = lesson.key;
    row.querySelector("[data-title]").textContent = lesson.title;
    section.querySelector("[data-rows]").append(row);
  }
}

async function draw() {
  const kept = new Map((await records()).filter(({ kept }) => kept).map((record) => [record.key, record]));
  for (const lesson of course.lessons) {
    const row = section.querySelector(`[data-key="${lesson.key}"]`);
    drawPart(row, kept.get(lesson.key)?.weighed ?? weightOf(lesson), kept.has(lesson.key), kept.has(lesson.key));
  }
  const all = course.lessons;
  const here = all.filter(({ key }) => kept.has(key));
  const weight = all.reduce((sum, lesson) => sum + (kept.get(lesson.key)?.weighed ?? weightOf(lesson)), 0);
  drawPart(section.querySelector("[data-all]"), weight, here.length === all.length, here.length > 0);
  const heavy = all.reduce((sum, lesson) => sum + lesson.media_bytes, 0);
  media.closest("label").hidden = !heavy;
  section.querySelector("[data-media-size]").textContent = sized(section.dataset.about, heavy);
}

function drawPart(part, weight, isWhole, isAny) {
  part.querySelector("[data-size]").textContent = sized(section.dataset.about, weight);
  part.querySelector("[data-keep]").hidden = isWhole && !wantsMore(part);
  part.querySelector("[data-drop]").hidden = !isAny;
  part.querySelector("[data-here]").hidden = !isWhole;
}

// Sound and film were chosen, and are not here yet: the course can be kept once more.
function wantsMore(part) {
  return part.matches("[data-all]") && media.checked && !media.dataset.here;
}

const weightOf = (lesson) => lesson.bytes + (media.checked ? lesson.media_bytes : 0);

function pressed(event) {
  const button = event.target.closest("[data-keep], [data-drop]");
  if (!button) return;
  const key = button.closest("[data-key]")?.dataset.key;
  const lessons = key ? course.lessons.filter((lesson) => lesson.key === key) : course.lessons;
  withLock(() => (button.matches("[data-keep]") ? take(lessons, !key) : leave(lessons, !key)));
}

async function take(lessons, isWhole) {
  navigator.storage?.persist?.(); // a phone short of room then asks before it empties what was chosen
  let done = 0;
  bar.max = lessons.reduce((sum, lesson) => sum + weightOf(lesson), course.bytes);
  bar.value = 0;
  bar.hidden = false;
  const tell = (bytes) => (bar.value = done += bytes);
  say(section.dataset.getting);
  try {
    await keep(course, { kind: "course", tell });
    for (const lesson of lessons) {
      await keep(lesson, { kind: "lesson", course: course.key, media: media.checked, tell });
    }
    media.dataset.here = isWhole && media.checked ? "1" : "";
    await sweep();
    say(section.dataset.kept);
  } catch (error) {
    say(error instanceof Full ? section.dataset.full : section.dataset.cut);
  }
  bar.hidden = true;
  changed();
}

// What was taken away does not come back by itself, even when the course goes on. On a phone without any room that
// cannot be noted; it goes all the same.
async function leave(lessons, isWhole) {
  const keys = [...lessons, ...(isWhole ? [course] : [])].map(({ key }) => key);
  for (const key of keys) await forget(key);
  await sweep();
  say(section.dataset.gone);
  changed();
  await Promise.allSettled(keys.map((key) => note({ key, kind: "refused" })));
}

const say = (words) => (section.querySelector("[data-said]").textContent = words);
const changed = () => document.dispatchEvent(new CustomEvent("sala:kept"));
