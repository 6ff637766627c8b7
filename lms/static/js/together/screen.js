// The group's screen goes on with a line and without: answers, one step on or back, and the end.
//
// Without this file each of them is a form and a page. With it the steps are turned over here, an answer is in the
// outbox before it is sent, and where no reply comes it is graded and drawn here.

import { focusOn, sayNoLine, show, swap } from "../drawing.js";
import { deliver, uuid7, waiting } from "../outbox/index.js";
import { news } from "../outbox/sender.js";
import { me } from "../outbox/who.js";
import { answered, fieldsOf, refused } from "../states.js";
import { coming, group, here, isBegun, isCut, known, mode, post, ready } from "./group.js";
import { moved, noted, settled } from "./noting.js";
import { loaded, shown, spans, wasThereFor } from "./people.js";
import { forgetGroup, keepUp, resumed } from "./saved.js";

const LONGEST = 900; // seconds for one answer; more means that the group did something else
const steps = new Map();
const stage = document.querySelector("[data-stage]");
let place = Number(group?.dataset.place);
let since = performance.now();
let touched = resumed()?.at ?? Date.now();
let isBusy = false;

if (group) {
  ready.then(keepSteps);
  document.addEventListener("submit", submitted);
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, noticed, { capture: true, passive: true });
}

function noticed() {
  if (!isOver()) touched = Date.now();
}

// Nobody was there for so long that the session has closed itself: nothing counts any more.
function isOver() {
  return Date.now() - touched > Number(group.dataset.idleGroup) * 1e3;
}

function keepSteps(found) {
  if (!found) return;
  keepUp(group.dataset.group, asItIs);
  const parsed = document.createElement("template");
  parsed.innerHTML = found.steps;
  for (const step of parsed.content.querySelectorAll("[data-step]")) steps.set(Number(step.dataset.step), step);
}

// For the kept page; the steps that were turned over before are as they were at the beginning. Who might come, and the
// secret that seals their codes, is not for keeping.
function asItIs() {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelector("#newcomers")?.replaceChildren();
  const told = { ...known(), newcomers: "", door: "" };
  const [bar, idle] = [document.querySelector(".bar").outerHTML, Number(group.dataset.idleGroup)];
  return { page: location.pathname, main: main.innerHTML, bar, at: touched, idle, known: told, loaded, spans };
}

function submitted(event) {
  const form = event.target;
  const act = form.matches("[data-answer]") ? answer : form.matches("[data-go]") ? go : form.matches("[data-end]") ? end : null;
  if (!act) return;
  event.preventDefault();
  if (isOver()) return location.reload();
  if (isBusy) return;
  isBusy = true;
  Promise.resolve(act(form, event.submitter)).finally(() => (isBusy = false));
}

async function answer(form, button) {
  form.setAttribute("aria-busy", "true");
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  try {
    await judge(form.closest("[data-activity]"), form, data);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

async function judge(activity, form, data) {
  const people = mode === "one_by_one" ? here().filter((id) => id === data.get("who")) : here();
  const told = understood(activity.id.replace("activity-", ""), data, people);
  const base = uuid7();
  data.set("event", base);
  const ids = told?.facts ? await noted(base, people, told.facts) : [];
  const sent = await post(form.action, data, { "X-Fragment": "outbox" });
  if (sent?.reply.redirected) return location.assign(sent.reply.url); // it was closed, or signed out meanwhile
  await settled(ids, sent?.reply);
  const isDrawn = Boolean(sent) && swap(activity, sent.text);
  if (!isDrawn && told) drawHere(activity, told.state);
  else if (!isDrawn) sayNoLine(form);
  if (told?.facts && known()) known().moments[told.facts.activity] = new Date().toISOString();
  if (ids.length) deliver({ now: isDrawn });
}

// The state and the event of what was filled in; null where only the server can tell.
function understood(id, data, people) {
  const definition = known()?.definitions[id];
  const fields = fieldsOf(data);
  if (!definition) return null;
  if (here().length && !people.length) return { state: refused(fields, "nobody_named") };
  const { state, facts } = answered(definition, fields);
  return { state, facts: facts && { ...facts, activity: id, seconds: spent() } };
}

function spent() {
  const now = performance.now();
  const seconds = Math.min(Math.round((now - since) / 1e3), LONGEST);
  since = now;
  return seconds;
}

// As drawing.js does for one learner; but a group's buttons stay, and a lone learner's goes.
function drawHere(activity, state) {
  show(activity, state);
  const buttons = activity.querySelector("[data-who]");
  for (const own of activity.querySelectorAll("button[data-outcome]")) own.remove();
  if (!buttons) return;
  buttons.hidden = state.name === "right";
  activity.querySelector("fieldset").append(buttons);
}

// Turn over at once; the server is told where the group is, and need not answer.
function go(form) {
  const next = place + Number(form.dataset.go);
  if (!steps.has(next)) return form.submit();
  turnTo(next);
  const data = new FormData(form);
  data.set("step", next);
  post(form.action, data);
}

function turnTo(next) {
  steps.set(place, stage.firstElementChild);
  const isNew = !steps.get(next).dataset.shown;
  stage.replaceChildren(steps.get(next));
  stage.firstElementChild.dataset.shown = "";
  place = group.dataset.place = next;
  for (const form of document.querySelectorAll("[data-go]")) {
    const to = place + Number(form.dataset.go);
    form.hidden = !steps.has(to);
    form.elements.step.value = to;
  }
  document.querySelector(".bar [data-end]").hidden = steps.has(place + 1);
  shown();
  if (isNew) stage.firstElementChild.dispatchEvent(new CustomEvent("sala:swapped", { bubbles: true }));
  scrollTo(0, 0);
  focusOn(stage);
}

async function end(form) {
  if (coming().length) await deliver({ now: true }); // whose code fits has finished with the others
  const sent = await post(form.action, new FormData(form));
  await forgetGroup();
  if (sent) return location.assign(sent.reply.url);
  const now = new Date().toISOString();
  if (form.elements.finish) await noted(uuid7(), finishers(), { verb: "finished", occurred_at: now });
  const { learner } = await me();
  await moved("ended", learner, now);
  sayEnded();
  if (isBegun) return; // begin.js goes on
  news.addEventListener("sala:outbox", async ({ detail }) => {
    if (detail.sent && !(await waiting(learner))) location.reload(); // to who takes home what
  });
}

function finishers() {
  const found = known();
  if (!found) return [];
  const moments = Object.values(found.moments).map((moment) => Date.parse(moment));
  return here().filter((person) => 2 * wasThereFor(found, person, moments) >= moments.length);
}

function sayEnded() {
  const note = document.querySelector("#end-kept").content.firstElementChild.cloneNode(true);
  stage.replaceChildren(note);
  document.querySelector(".bar").hidden = true;
  isCut(false);
  focusOn(note);
}
