// [data-coming]: somebody new touches their name and their code while the line is cut; or types the name, where none are
// shown ([data-typed]): then they have an id of this page's until the server knows them.
//
// The code is sealed for the server and waits in the outbox with what they answer meanwhile; nobody has checked it yet,
// and their chip in #coming-in says so. When the server has, it names them among those who are here, or says in
// [data-turned-away] that it did not fit.

import { watch } from "../code.js";
import { focusOn } from "../drawing.js";
import { uuid7 } from "../outbox/index.js";
import { seal, toBytes, toText } from "../outbox/seal.js";
import { news } from "../outbox/sender.js";
import { read } from "../outbox/store.js";
import { idInCard } from "./cards.js";
import { here, ready, session } from "./group.js";
import { canLock, locked } from "./lock.js";
import { moved } from "./noting.js";
import { forget, standBy } from "./people.js";

const box = document.querySelector("[data-coming]");
const arrivals = new Map(); // { person, name, isTyped } of each
const pad = box?.querySelector("[data-code]");
const typed = box?.querySelector("[data-typed]");
let sealed = null; // (id, code, facts): for the server
let chosen = null; // { person, name, facts, button }

if (pad) {
  ready.then(open);
  box.addEventListener("click", chose);
  typed?.addEventListener("submit", typedIn);
  box.querySelector("[data-find]")?.addEventListener("keydown", scanned);
  box.querySelector("form[data-kind=pin]").addEventListener("submit", (event) => {
    event.preventDefault();
    come(event.target.elements.pin.value);
  });
  watch(pad, (taps) => come(taps.join("-")));
  news.addEventListener("sala:outbox", ({ detail }) => detail.sent && document.dispatchEvent(new Event("sala:look")));
  new MutationObserver(checked).observe(document.querySelector("[data-group]"), { childList: true, subtree: true });
}

function open(found) {
  if (typed ? !found?.lock || !canLock() : !found?.door) return show("later");
  sealed = typed
    ? (id, code, { called, family }) => locked(found.lock, [id, session, called, family].join("\n"), code)
    : (id, code) => toText(seal(toBytes(found.door), id, code));
  if (!typed) offer(found.newcomers);
  show("names");
}

function offer(newcomers) {
  box.querySelector("#newcomers").innerHTML = newcomers;
  for (const button of box.querySelectorAll("[data-newcomer]")) if (here().includes(button.dataset.newcomer)) button.closest("li").remove();
}

function show(part) {
  const isFull = here().length >= Number(box.dataset.most);
  const shown = isFull && part === "names" ? "full" : part;
  for (const each of box.querySelectorAll("[data-part]")) each.hidden = each.dataset.part !== shown;
}

function chose({ target }) {
  const button = target.closest("[data-newcomer], [data-not-me]");
  if (!button) return;
  const { newcomer: person, kind } = button.dataset;
  if (!person) return show("names");
  ask({ person, name: button.querySelector("[data-name]").textContent, facts: {}, button }, kind);
}

// A scanner types a card's text, and Enter after it.
function scanned({ key, target }) {
  const person = key === "Enter" && idInCard(target.value, box.dataset);
  if (person) box.querySelector(`[data-newcomer="${person}"]`)?.click();
}

// Of what kind their code is only the server knows.
function typedIn(event) {
  event.preventDefault();
  const [called, family] = ["called", "family"].map((name) => typed.elements[name].value.trim());
  const name = idInCard(called, box.dataset) ? box.dataset.card : called; // the server reads the card
  if (called) ask({ person: uuid7(), name, facts: { called, family } });
}

function ask(who, kind) {
  chosen = who;
  box.querySelector("[data-whom]").textContent = who.name;
  for (const form of box.querySelectorAll("div[data-kind], form[data-kind]")) form.hidden = Boolean(kind) && form.dataset.kind !== kind;
  show("code");
  focusOn(box.querySelector("[data-part=code]"));
}

async function come(code) {
  const arrival = uuid7();
  const { person, name, facts, button } = chosen;
  box.querySelector("form[data-kind=pin]").reset();
  const now = new Date().toISOString();
  const isNoted = await moved("came", person, now, { id: arrival, code: await sealed(arrival, code, facts), ...facts });
  if (!isNoted) return show("no-room");
  button?.closest("li").remove();
  arrivals.set(arrival, { person, name, isTyped: Boolean(typed) });
  standBy(person, name, now);
  tidyUp();
  show("names");
}

// Nobody's name stays on the screen for all to see.
function tidyUp() {
  if (typed) return typed.reset();
  const words = box.querySelector("[data-find]");
  words.value = "";
  words.dispatchEvent(new Event("input"));
  box.querySelector("details").open = false;
}

// What the server has said meanwhile.
function checked() {
  for (const chip of document.querySelectorAll("#coming-in [data-person]")) {
    if (document.querySelector(`#here [data-person="${chip.dataset.person}"]`)) chip.remove();
  }
  for (const note of document.querySelectorAll("[data-turned-away]")) turnAway(note);
  for (const [arrival, { person, isTyped }] of arrivals) if (isTyped) named(arrival, person);
}

// Who typed their name stands among the others now, by the id that is theirs, or was turned away.
async function named(arrival, person) {
  if (await read(["events"], (events) => events.get(arrival))) return;
  if (arrivals.delete(arrival)) forget(person);
}

function turnAway(note) {
  const { person, name } = arrivals.get(note.dataset.turnedAway) ?? {};
  if (!person || note.dataset.named !== undefined) return;
  note.dataset.named = "";
  note.querySelector("[data-name]").textContent = name;
  forget(person);
}
