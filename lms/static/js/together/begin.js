// Where a group begins without a line: <form data-begin> on a kept page of a learner's own phone, or put on a page that
// was open when the line went (ahead.js).
//
// The session's id is made here; the server is told of it first (a move "begun"), and everything that happens in the
// group is a move too, so that it comes after. When the server has it, its own page of the group comes instead.

import { deliver, note, uuid7 } from "../outbox/index.js";
import { csrfToken } from "../outbox/line.js";
import { news } from "../outbox/sender.js";
import { read } from "../outbox/store.js";
import { isCopy, me } from "../outbox/who.js";
import { opened } from "./opening.js";
import { hold, restore } from "./saved.js";

const SOON = 2e3; // milliseconds
const form = document.querySelector("[data-begin]");
const known = JSON.parse(document.querySelector("#group-known").textContent);
const refused = document.querySelector("#group-refused").content.firstElementChild;
const drawn = (name) => document.querySelector(`#group-${name}`).innerHTML;
const [main, bar, steps, who] = ["screen", "bar", "steps", "who"].map(drawn);
let timer;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  button.disabled = true;
  begin(form.elements.mode?.value ?? "all").catch((problem) => {
    console.error(problem);
    button.disabled = false;
    form.querySelector("[data-no-room]").hidden = false;
  });
});
resume().catch(console.error);

async function begin(mode) {
  const { learner } = await me();
  const [session, now] = [uuid7(), new Date().toISOString()];
  const begun = await note({ move: "begun", learner, session, mode, occurred_at: now, ...known.begun });
  const own = (html) => html.replaceAll(known.session, session).replaceAll(known.leader, learner);
  const { definitions, lock } = known;
  await go({
    main: own(main).replace('data-begun=""', `data-begun="${begun}"`).replace('data-mode="all"', `data-mode="${mode}"`),
    bar: own(bar),
    at: Date.now(),
    known: { steps: own(mode === "one_by_one" ? oneByOne() : steps), definitions, lock, moments: {}, spans: {}, newcomers: "", door: "" },
    loaded: now,
    spans: known.is_learner ? [{ learner, joined_at: now, left_at: null }] : [],
  });
  if (!isCopy()) history.replaceState(null, "", document.querySelector("[data-group]").dataset.url); // for who loads it anew
  deliver();
}

// Names to touch in place of the button that answers for all.
function oneByOne() {
  const parsed = document.createElement("template");
  parsed.innerHTML = steps;
  for (const old of parsed.content.querySelectorAll("[data-who]")) old.outerHTML = who;
  return parsed.innerHTML;
}

// The phone was switched off meanwhile, say.
async function resume() {
  const saved = await restore();
  if (saved?.page === location.pathname && Date.now() - saved.at < saved.idle * 1e3) await go(saved);
  else hold(null);
}

async function go(facts) {
  await opened(hold(facts));
  news.addEventListener("sala:outbox", ({ detail }) => detail.sent && look());
  look(); // it may have been sent while no page of it was open
}

function look() {
  const { begun, url } = document.querySelector("[data-group]").dataset;
  settled(begun, url).catch(console.error);
}

async function settled(begun, url) {
  if (await read(["events"], (events) => events.get(begun))) return;
  if (await read(["aside"], (aside) => aside.get(begun))) return refuse();
  clearTimeout(timer);
  if (isInHand()) timer = setTimeout(look, SOON);
  else await moveOn(url);
}

function refuse() {
  document.querySelector("main").replaceChildren(refused);
  document.querySelector(".bar")?.remove();
}

// Somebody types or chooses just now: they are not to lose it.
function isInHand() {
  const open = document.querySelector("[data-coming] [data-part=code]:not([hidden])");
  const fields = document.querySelectorAll("[data-typed] input, [data-stage] [data-open] :is(input, textarea, option)");
  return Boolean(open) || [...fields].some(isFilled);
}

function isFilled(field) {
  if (field.matches("option")) return field.selected && field.value !== "" && !field.defaultSelected;
  return field.checked !== field.defaultChecked || field.value !== field.defaultValue;
}

// To the server's page of it, at the step where the group is.
async function moveOn(url) {
  const body = new FormData();
  body.set("step", document.querySelector("[data-group]").dataset.place);
  await fetch(url, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": await csrfToken() } }).catch(() => {});
  location.replace(url);
}
