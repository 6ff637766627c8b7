// [data-people] [data-person][aria-pressed]: who goes and comes back while the line is cut.
//
// Who came without a line (coming.js) stands in #coming-in until the server has checked their code.
//
// That somebody is back is an event `started`. It and from when to when they were there wait in the outbox, so nothing
// is lost with this page.

import { uuid7 } from "../outbox/index.js";
import { here, isBegun } from "./group.js";
import { moved, noted } from "./noting.js";
import { resumed } from "./saved.js";

export const { loaded, spans } = resumed() ?? { loaded: new Date().toISOString(), spans: [] }; // since this page was loaded

document.querySelector("[data-people]")?.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-person]");
  if (button) turn(button);
});
document.addEventListener("sala:swapped", shown);

function turn(button) {
  const { person } = button.dataset;
  const isHere = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(!isHere));
  const now = new Date().toISOString();
  if (isHere) goes(person, now);
  else comes(button, now);
  shown();
}

// What sends an answer names who is here: how many they are, or each of them.
export function shown() {
  const people = here();
  for (const words of document.querySelectorAll("[data-for-all]")) {
    const { forAll, forNobody } = words.dataset;
    words.textContent = people.length ? forAll.replace("__n", people.length) : forNobody;
  }
  for (const words of document.querySelectorAll("#here [data-nobody]")) words.hidden = people.length > 0;
  for (const list of document.querySelectorAll("[data-who] ul")) addComing(list);
  for (const button of document.querySelectorAll("[data-who] [name=who]")) button.closest("li").hidden = !people.includes(button.value);
}

// Who came without a line answers too.
function addComing(list) {
  for (const chip of document.querySelectorAll("#coming-in [data-person]")) {
    if (list.querySelector(`[value="${chip.dataset.person}"]`)) continue;
    const item = list.firstElementChild.cloneNode(true);
    item.querySelector("button").value = chip.dataset.person;
    item.querySelector("[lang]").textContent = chip.querySelector("[data-name]").textContent;
    item.querySelector(".unseen")?.remove();
    list.append(item);
  }
}

function goes(person, now) {
  for (const chip of chipsOf(person)) chip.remove();
  const begun = spans.find(({ learner, left_at }) => learner === person && !left_at);
  if (begun) begun.left_at = now;
  else spans.push({ learner: person, joined_at: loaded, left_at: now });
  moved("left", person, now);
}

function comes(button, now) {
  const { person, coming } = button.dataset;
  if (here().includes(person)) return;
  spans.push({ learner: person, joined_at: now, left_at: null });
  if (coming !== undefined) standIn(person, button.textContent);
  else isBack(person, button.textContent, now);
  moved("back", person, now);
}

function isBack(person, name, now) {
  const chip = document.createElement("li");
  chip.className = "chip";
  chip.dataset.person = person;
  chip.textContent = name;
  document.querySelector("#here ul").append(chip);
  if (!isBegun) noted(uuid7(), [person], { verb: "started", occurred_at: now });
}

// Somebody new, whose code nobody has checked yet: here, as far as this screen can tell.
export function standBy(person, name, now) {
  spans.push({ learner: person, joined_at: now, left_at: null });
  const button = document.querySelector("#coming-name").content.firstElementChild.cloneNode(true);
  Object.assign(button.querySelector("button").dataset, { person, coming: "" });
  button.querySelector("button").textContent = name;
  document.querySelector("[data-people]").append(button);
  standIn(person, name);
  shown();
}

function standIn(person, name) {
  const chip = document.querySelector("#coming-chip").content.firstElementChild.cloneNode(true);
  chip.dataset.person = person;
  chip.querySelector("[data-name]").textContent = name;
  document.querySelector("#coming-in").append(chip);
}

// They could not be let in.
export function forget(person) {
  for (const place of [...chipsOf(person), ...document.querySelectorAll(`[data-people] [data-person="${person}"]`)]) {
    (place.closest("[data-people] > li") ?? place).remove();
  }
  shown();
}

const chipsOf = (person) => document.querySelectorAll(`:is(#here, #coming-in) [data-person="${person}"]`);

// Of these moments, at how many each was there: as courses.groups has it.
export function wasThereFor(known, person, moments) {
  const kept = known.spans[person] ?? [];
  const own = spans.filter(({ learner }) => learner === person);
  const all = [...kept.map(([joined, left]) => [joined, left ?? own[0]?.left_at]), ...own.map((span) => [span.joined_at, span.left_at])];
  const isThere = (moment) => all.some(([joined, left]) => Date.parse(joined) <= moment && (!left || moment <= Date.parse(left)));
  return moments.filter(isThere).length;
}
