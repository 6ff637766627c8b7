// <article data-lesson="<key>" data-grading="<url>">: what the page's other scripts know of its lesson.
//
// What is right is fetched after the page, or stands in <script type="application/json" id="grading"> of a kept page.

import { draw } from "./drawing.js";
import { Malformed } from "./grading/index.js";
import { note } from "./outbox/index.js";
import { read } from "./outbox/store.js";
import { isCopy, isOwnPhone, me } from "./outbox/who.js";
import { answered, judged } from "./states.js";

const LONGEST = 900; // seconds; more means that somebody left the page open
const PATIENCE = 2e3;

const article = document.querySelector("article[data-lesson]");
export const lesson = article?.dataset.lesson;

let definitions = article && me().then((who) => (who ? inPage() ?? fetched() : {}));
let since = performance.now();

// The state and the event of what was filled in; null where only the server can tell.
export async function understood(activity, fields) {
  const definition = (await inTime(definitions))?.[activity];
  if (!definition) return null;
  const { state, facts } = answered(definition, fields);
  return { state, facts: facts && { ...facts, activity, seconds: spent() } };
}

// On the disk, for the server: the event's id. Null where nobody learns here, or there is no room: that is said.
export async function noted(facts) {
  const who = await me();
  if (!who) return null;
  try {
    if (!isOwnPhone() && !isCopy()) return await note({ lesson, ...facts });
    return await note({ lesson, ...facts }, ["answers"], (answers) => remember(answers, who.learner, facts));
  } catch (problem) {
    console.error(problem);
    document.dispatchEvent(new CustomEvent("sala:full"));
    return null;
  }
}

// Seconds since the page was opened, or since the last time that this was asked.
export function spent() {
  const now = performance.now();
  const seconds = Math.min(Math.round((now - since) / 1e3), LONGEST);
  since = now;
  return seconds;
}

// A page kept on a phone: its lesson is begun, and shows what was answered on this phone.
export async function begin() {
  const who = await me();
  if (!who || !lesson) return;
  const mine = await read(["answers"], (answers) => answers.get([who.learner, lesson]));
  if (!mine) await noted({ verb: "started" });
  for (const [activity, answer] of Object.entries(mine?.activities ?? {})) await show(activity, answer);
}

async function show(activity, answer) {
  const element = document.getElementById(`activity-${activity}`);
  const definition = (await definitions)[activity];
  try {
    if (element && definition) draw(element, judged(definition, answer));
  } catch (problem) {
    if (!(problem instanceof Malformed)) throw problem; // its author has changed the activity since
  }
}

// What was answered on a learner's own phone, so that its kept page shows it: on the disk with the event, or neither.
function remember(answers, learner, { verb, activity, answer }) {
  answers.get([learner, lesson]).onsuccess = ({ target }) => {
    const mine = target.result ?? { learner, lesson, activities: {} };
    if (verb === "answered") mine.activities[activity] = answer;
    if (verb === "finished") mine.isFinished = true;
    answers.put(mine);
  };
}

function inPage() {
  const element = document.querySelector("#grading");
  return element && JSON.parse(element.textContent);
}

async function fetched() {
  const response = await fetch(article.dataset.grading).catch(() => null);
  if (response?.ok) return response.json();
  addEventListener("online", () => (definitions = fetched()), { once: true });
  return {};
}

function inTime(promise) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

if (isCopy()) begin();
