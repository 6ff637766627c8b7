// Draw an activity as the server would (templates/courses/activities), where no server answers.
//
//   show(element, answered(definition, fields).state); // after an answer: what is said is read out and scrolled to
//   draw(element, state); // without moving the reader, as when a page opens
//
// `element` is a [data-activity] in any state; see states.js for a state, which may also bring `event`, the id of the
// next answer. The words come from <template id="activity-words">: a <div data-words="name"> for each thing to say.
// tests/browser/test_same_drawing.py holds this and the templates together.

import { isSettled } from "./states.js";

export function show(element, state) {
  draw(element, state);
  focusOn(element.querySelector("[data-outcome][role=status]") ?? element);
}

export function draw(element, given) {
  const state = { values: {}, explanations: [], ...given };
  const form = element.querySelector("form");
  form.removeAttribute("aria-busy");
  if (state.event) form.elements.event.value = state.event;
  element.toggleAttribute("data-open", !isSettled(state));
  drawOrdering(form.querySelector("[data-ordering]"), state);
  for (const field of form.querySelectorAll("input:not([type=hidden]), select, textarea")) fill(field, state);
  for (const choice of form.querySelectorAll(".choice")) mark(choice, state);
  say(form.querySelector("fieldset"), element, state);
  element.dispatchEvent(new CustomEvent("sala:swapped", { bubbles: true }));
}

// In the place of an activity, what the server drew of it; false where the HTML holds none.
export function swap(old, html) {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  const drawn = parsed.content.querySelector("[data-activity]");
  if (!drawn) return false;
  old.replaceWith(drawn);
  focusOn(drawn.querySelector("[role=status], .note") ?? drawn);
  drawn.dispatchEvent(new CustomEvent("sala:swapped", { bubbles: true }));
  return true;
}

// Nobody answers, and it cannot be judged here: the note in <template id="no-line">.
export function sayNoLine(form) {
  const words = document.querySelector("#no-line");
  if (!words) return;
  form.querySelector("[data-no-line]")?.remove();
  const note = words.content.firstElementChild.cloneNode(true);
  note.dataset.noLine = "";
  form.append(note);
  focusOn(note);
}

// Being focused is what makes a screen reader read it, and what scrolls it into view.
export function focusOn(element) {
  element.tabIndex = -1;
  element.focus();
}

// Attributes are what was drawn and properties what is there now: both, so that nothing falls back.
function fill(field, { values }) {
  const given = values[field.name] ?? [];
  if (field.matches("select")) {
    for (const option of field.options) set(option, "selected", option.value !== "" && given.includes(option.value));
  } else if (field.matches("[type=radio], [type=checkbox]")) {
    set(field, "checked", given.includes(field.value));
  } else {
    field.value = field.defaultValue = given[0] ?? "";
  }
}

function set(field, name, isSet) {
  field.toggleAttribute(name, isSet);
  field[name] = isSet;
}

function mark(choice, { name }) {
  const isChosen = choice.querySelector("input").checked;
  choice.classList.toggle("right", isChosen && name === "right");
  choice.classList.toggle("again", isChosen && name === "again");
  choice.querySelector(".chip")?.remove();
  if (isChosen) choice.append(...words(`${name}-chip`));
}

// In the right order a list remains; otherwise the bare one, for order.js to put its buttons on anew.
function drawOrdering(ordering, { name, values }) {
  if (!ordering) return;
  if (name !== "right") return ordering.replaceWith(bare(ordering));
  const place = (item) => Number(values[item.querySelector("select").name]);
  const items = [...ordering.querySelectorAll("li")].sort((one, other) => place(one) - place(other));
  const list = made("ol", items.map((item) => made("li", [paragraph(item.querySelector("[data-item]").textContent)])));
  list.className = "steps";
  ordering.replaceWith(list);
}

function bare(ordering) {
  const copy = ordering.cloneNode(true);
  for (const added of copy.querySelectorAll(".knot, .moves, [role=status]")) added.remove();
  for (const hidden of copy.querySelectorAll("[hidden]")) hidden.hidden = false;
  return copy;
}

function say(fieldset, activity, state) {
  const { kind } = activity.dataset;
  for (const old of activity.querySelectorAll("[data-outcome], [data-no-line]")) old.remove();
  fieldset.append(...words(`${state.name}-${["reflection", "task"].includes(kind) ? kind : "asked"}`));
  explain(fieldset.querySelector(".note > div"), activity, state);
  if (kind === "task") fieldset.querySelector("button").before(...ticks(activity, state));
  else fieldset.disabled = state.name === "right";
}

function explain(note, activity, { name, problem, rightPlaces, explanations }) {
  if (name === "fix") return note.replaceChildren(words(`problem-${problem}`)[0] ?? words("problem-other")[0]);
  const count = activity.querySelectorAll(".rows > li").length;
  if (Number.isInteger(rightPlaces)) note.append(...filled(words("places"), { __right: rightPlaces, __n: count }));
  note?.append(...explanations.map(paragraph));
}

function ticks(activity, { name, values }) {
  const [ticked, steps] = [values.done?.length ?? 0, activity.querySelectorAll(".choice").length];
  const waits = "waits" in activity.dataset;
  if (!ticked) return waits ? words("show-it") : [];
  if (name === "kept") return words(waits ? "waits" : "done");
  return filled(words("begun"), { __ticked: ticked, __n: steps });
}

function words(name) {
  const found = document.querySelector("#activity-words").content.querySelector(`[data-words="${name}"]`);
  return found ? [...document.importNode(found, true).children] : [];
}

function filled(elements, numbers) {
  for (const each of elements) each.innerHTML = each.innerHTML.replace(/__[a-z]+/g, (name) => numbers[name]);
  return elements;
}

function paragraph(text) {
  return made("p", text.split(/\r\n|\r|\n/).flatMap((line, place) => (place ? [made("br", []), line] : [line])));
}

function made(tag, children) {
  const element = document.createElement(tag);
  element.append(...children);
  return element;
}
