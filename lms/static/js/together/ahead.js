// [data-ahead="<address>"]: a group begins on this page when the line has gone while it was open. Not on a learner's own
// phone, which has kept pages for it (begin.js).
//
// What a group needs is fetched after the page and lies in its memory only: no browser stores it. Nobody's name is in it.
// What would ask the server for a group (a link to …/together/new/, or the form there) then begins it here instead.
//
// Inside: [data-ahead-ready] and [data-ahead-late] say without a line whether it can begin. data-held says that it can.

import { inTime } from "../outbox/line.js";
import { canLock } from "./lock.js";

const PATIENCE = 4e3; // milliseconds for a line that gives nothing
const TOLD = ["learner", "outboxKey", "outboxPlace", "idle"]; // of <body>, as base.html tells it on a group's page
const NEW = /\/together\/new\/$/;
const place = document.querySelector("[data-ahead]");
const page = document.querySelector("main");
const pictures = []; // held, so that the browser has them without a line
let fetched = null; // together/ahead.html
let fetching = null;
let other = null; // what is not shown just now: where a group begins, or else the page as it was
let isOpen = false;

if (canLock() && "serviceWorker" in navigator) {
  fetchAhead();
  addEventListener("online", () => fetchAhead());
  document.addEventListener("click", clicked);
  document.addEventListener("submit", sent);
}
for (const turn of ["online", "offline"]) addEventListener(turn, say);
say();

function fetchAhead() {
  if (!fetched) fetching ??= fetchOnce().finally(() => (fetching = null));
}

async function fetchOnce() {
  try {
    await navigator.serviceWorker.ready; // it keeps the scripts of a group's screen
    const { response, text } = await inTime(place.dataset.ahead, { redirect: "error" }, 20e3);
    if (response.ok) await hold(new DOMParser().parseFromString(text, "text/html"));
  } catch {
    // No line: it is tried again when it is back.
  }
  say();
}

async function hold(parsed) {
  const parts = [parsed, ...[...parsed.querySelectorAll("template")].map(({ content }) => content)];
  for (const image of parts.flatMap((part) => [...part.querySelectorAll("img[src]")])) {
    pictures.push(Object.assign(new Image(), { src: image.getAttribute("src") }));
  }
  await Promise.all(pictures.map((picture) => picture.decode().catch(() => {}))); // one that is missing hinders nobody
  fetched = parsed;
  const [main, bar] = ["main", "bar"].map((name) => parsed.querySelector(`[data-ahead-${name}]`));
  place.dataset.held = "";
  const told = { ...parsed.querySelector("[data-ahead-outbox]").dataset };
  if (!document.body.dataset.idle) delete told.idle; // nobody is signed out here for not touching it; else a group has longer
  other = { name: "page narrow", main: [...main.childNodes], bar: bar.firstElementChild, told };
}

function say() {
  const isCut = !navigator.onLine;
  place.querySelector("[data-ahead-ready]").hidden = !isCut || !fetched;
  place.querySelector("[data-ahead-late]").hidden = !isCut || Boolean(fetched);
}

function clicked(event) {
  const { target } = event;
  if (target.closest("[data-back]")) return turn();
  const link = target.closest("a[href]");
  if (!fetched || !link || isElsewhere(event) || !isThis(new URL(link.href))) return;
  event.preventDefault();
  unlessThereIsALine(() => location.assign(link.href), () => begin());
}

function sent(event) {
  const form = event.target;
  if (!fetched || isOpen || form.id !== "begin") return;
  event.preventDefault();
  const mode = new FormData(form).get("mode");
  unlessThereIsALine(() => form.submit(), () => begin(mode));
}

const isElsewhere = ({ button, ctrlKey, metaKey, shiftKey }) => button || ctrlKey || metaKey || shiftKey;

// What was fetched is for this: the same lesson or course.
function isThis({ pathname, searchParams }) {
  const asked = new URL(place.dataset.ahead, location).searchParams;
  return NEW.test(pathname) && [...searchParams].every(([name, value]) => asked.get(name) === value);
}

async function unlessThereIsALine(there, without) {
  (await isThereALine()) ? there() : await without();
}

async function isThereALine() {
  if (!navigator.onLine) return false;
  try {
    const { response } = await inTime("/healthz", { method: "HEAD", cache: "no-store" }, PATIENCE);
    return response.status < 500;
  } catch {
    return false;
  }
}

// The page on which it begins; with a mode (null for a group activity) that was chosen already, and it begins at once.
async function begin(mode) {
  if (isOpen) return;
  const hadOutbox = Boolean(document.querySelector("[data-outbox]"));
  if (!hadOutbox) document.querySelector("header").after(...fetched.querySelector("[data-ahead-outbox]").childNodes);
  document.head.append(...fetched.querySelectorAll("link"));
  turn();
  if (!hadOutbox) await import("../outbox/page.js");
  await import("./begin.js");
  if (mode) page.querySelector(`[name=mode][value="${mode}"]`).checked = true;
  if (mode !== undefined) page.querySelector("#begin").requestSubmit(document.querySelector(".bar button"));
}

function turn() {
  const { dataset } = document.body;
  const told = Object.fromEntries(TOLD.map((name) => [name, dataset[name]]));
  const shown = { name: page.className, main: [...page.childNodes], bar: document.querySelector(".bar"), told };
  page.className = other.name;
  page.replaceChildren(...other.main);
  shown.bar?.remove();
  if (other.bar) document.body.append(other.bar);
  for (const name of TOLD) other.told[name] === undefined ? delete dataset[name] : (dataset[name] = other.told[name]);
  other = shown;
  isOpen = !isOpen;
  scrollTo(0, 0);
}
