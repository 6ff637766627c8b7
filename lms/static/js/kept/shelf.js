// <div data-shelf>: the courses and lessons that this phone keeps, with their size.
//
// Anywhere on the page: [data-some] is shown when there are any, [data-nothing] when there are none, and [data-total]
// says the size. Inside: <template data-course> with [data-title] and <ul data-lessons>, <template data-lesson> with a link.

import { canKeep } from "./places.js";
import { records } from "./records.js";
import { sized } from "./sizes.js";

const shelf = document.querySelector("[data-shelf]");

if (document.querySelector("[data-some]")) draw();

async function draw() {
  const all = canKeep ? (await records()).filter(({ kept }) => kept) : [];
  const lessons = all.filter(({ kind }) => kind === "lesson");
  const courses = all.filter(({ kind, key }) => kind === "course" && lessons.some(({ course }) => course === key));
  if (shelf) shelf.append(...courses.sort(byTitle).map((course) => drawn(course, lessons)));
  for (const part of document.querySelectorAll("[data-some]")) part.hidden = !lessons.length;
  for (const part of document.querySelectorAll("[data-nothing]")) part.hidden = lessons.length > 0;
  const total = document.querySelector("[data-total]");
  const weight = all.reduce((sum, { weighed }) => sum + weighed, 0);
  if (total) total.textContent = sized(total.dataset.total, weight).replace("__lessons", lessons.length);
}

function drawn(course, lessons) {
  const card = copyOf("template[data-course]");
  link(card.querySelector("[data-title]"), course);
  for (const lesson of lessons.filter((one) => one.course === course.key).sort((a, b) => a.number - b.number)) {
    const row = copyOf("template[data-lesson]");
    link(row.querySelector("[data-title]"), lesson);
    card.querySelector("[data-lessons]").append(row);
  }
  return card;
}

function copyOf(name) {
  return shelf.querySelector(name).content.firstElementChild.cloneNode(true);
}

function link(element, { url, title }) {
  element.href = url;
  // What stands in a button is one thing, however many phrases it has.
  const words = element.matches(".btn") ? element.appendChild(document.createElement("span")) : element;
  words.append(...title.split(" ").flatMap((phrase) => [spanOf(phrase), " "]));
}

// A title breaks between its phrases only.
function spanOf(phrase) {
  const span = document.createElement("span");
  span.textContent = phrase;
  return span;
}

const byTitle = (a, b) => a.title.localeCompare(b.title, "th");
