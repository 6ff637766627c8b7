// [data-coming]: somebody new touches their name and their code while the line is cut.
//
// The code is sealed for the server and waits in the outbox with what they answer meanwhile; nobody has checked it yet,
// and their chip in #coming-in says so. When the server has, it names them among those who are here, or says in
// [data-turned-away] that it did not fit.

import { watch } from "../code.js";
import { focusOn } from "../drawing.js";
import { uuid7 } from "../outbox/index.js";
import { seal, toBytes, toText } from "../outbox/seal.js";
import { news } from "../outbox/sender.js";
import { here, ready } from "./group.js";
import { moved } from "./noting.js";
import { forget, standBy } from "./people.js";

const box = document.querySelector("[data-coming]");
const arrivals = new Map(); // { person, name } of each
const pad = box?.querySelector("[data-code]");
let door = null;
let chosen = null;

if (pad) {
  ready.then(open);
  box.addEventListener("click", chose);
  box.querySelector("form[data-kind=pin]").addEventListener("submit", (event) => {
    event.preventDefault();
    come(event.target.elements.pin.value);
  });
  watch(pad, (taps) => come(taps.join("-")));
  news.addEventListener("sala:outbox", ({ detail }) => detail.sent && document.dispatchEvent(new Event("sala:look")));
  new MutationObserver(checked).observe(document.querySelector("[data-group]"), { childList: true, subtree: true });
}

function open(found) {
  if (!found?.door) return show("later");
  door = toBytes(found.door);
  box.querySelector("#newcomers").innerHTML = found.newcomers;
  for (const button of box.querySelectorAll("[data-newcomer]")) if (here().includes(button.dataset.newcomer)) button.closest("li").remove();
  show("names");
}

function show(part) {
  const isFull = here().length >= Number(box.dataset.most);
  const shown = isFull && part === "names" ? "full" : part;
  for (const each of box.querySelectorAll("[data-part]")) each.hidden = each.dataset.part !== shown;
}

function chose({ target }) {
  const button = target.closest("[data-newcomer], [data-not-me]");
  if (!button) return;
  chosen = button.dataset.newcomer ? button : null;
  if (!chosen) return show("names");
  const name = button.querySelector("[data-name]").textContent;
  box.querySelector("[data-whom]").textContent = name;
  for (const form of box.querySelectorAll("div[data-kind], form[data-kind]")) form.hidden = form.dataset.kind !== button.dataset.kind;
  show("code");
  focusOn(box.querySelector("[data-part=code]"));
}

async function come(code) {
  const arrival = uuid7();
  const { newcomer } = chosen.dataset;
  const facts = { id: arrival, code: toText(seal(door, arrival, code)) };
  box.querySelector("form[data-kind=pin]").reset();
  const now = new Date().toISOString();
  const isNoted = await moved("came", newcomer, now, facts);
  if (!isNoted) return show("no-room");
  const name = chosen.querySelector("[data-name]").textContent;
  chosen.closest("li").remove();
  arrivals.set(arrival, { person: newcomer, name });
  standBy(newcomer, name, now);
  tidyUp();
  show("names");
}

// Nobody's name stays on the screen for all to see.
function tidyUp() {
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
}

function turnAway(note) {
  const { person, name } = arrivals.get(note.dataset.turnedAway) ?? {};
  if (!person || note.dataset.named !== undefined) return;
  note.dataset.named = "";
  note.querySelector("[data-name]").textContent = name;
  forget(person);
}
