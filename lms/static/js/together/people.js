// [data-people] [data-person][aria-pressed]: who goes and comes back while the line is cut.
//
// That somebody is back is an event `started`, which waits in the outbox. From when to when they were there is told to
// data-moves when the line is back; until then it is in this page's memory.

import { uuid7 } from "../outbox/uuid7.js";
import { group, here, post } from "./group.js";
import { noted } from "./noting.js";

const loaded = new Date().toISOString();
const spans = [];
let endedAt = null;

document.querySelector("[data-people]")?.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-person]");
  if (button) turn(button);
});
document.addEventListener("sala:swapped", shown);
addEventListener("online", () => tell());

function turn(button) {
  const { person } = button.dataset;
  const isHere = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(!isHere));
  const now = new Date().toISOString();
  if (isHere) goes(person, now);
  else comes(person, button.textContent, now);
  shown();
}

// What sends an answer names who is here: how many they are, or each of them.
function shown() {
  const people = here();
  for (const words of document.querySelectorAll("[data-for-all]")) words.textContent = words.dataset.forAll.replace("__n", people.length);
  for (const name of document.querySelectorAll("[data-who] [name=who]")) name.closest("li").hidden = !people.includes(name.value);
}

function goes(person, now) {
  document.querySelector(`#here [data-person="${person}"]`)?.remove();
  const begun = spans.find(({ learner, left_at }) => learner === person && !left_at);
  if (begun) begun.left_at = now;
  else spans.push({ learner: person, joined_at: loaded, left_at: now });
}

function comes(person, name, now) {
  if (here().includes(person)) return;
  const chip = document.createElement("li");
  chip.className = "chip";
  chip.dataset.person = person;
  chip.textContent = name;
  document.querySelector("#here ul").append(chip);
  spans.push({ learner: person, joined_at: now, left_at: null });
  noted(uuid7(), [person], { verb: "started", occurred_at: now });
}

// Of these moments, at how many each was there: as courses.groups has it.
export function wasThereFor(known, person, moments) {
  const kept = known.spans[person] ?? [];
  const own = spans.filter(({ learner }) => learner === person);
  const all = [...kept.map(([joined, left]) => [joined, left ?? own[0]?.left_at]), ...own.map((span) => [span.joined_at, span.left_at])];
  const isThere = (moment) => all.some(([joined, left]) => Date.parse(joined) <= moment && (!left || moment <= Date.parse(left)));
  return moments.filter(isThere).length;
}

export function ended(moment) {
  endedAt = moment;
}

const untold = () => JSON.stringify({ spans, ended_at: endedAt });

export async function tell() {
  if (!spans.length && !endedAt) return;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = untold();
  const told = await post(group.dataset.moves, body, { "X-CSRFToken": token, "Content-Type": "application/json" });
  if (told?.reply.status !== 204 || body !== untold()) return; // what happened meanwhile is told with the rest: twice is once
  spans.length = 0;
  endedAt = null;
}
