// #ask on the page of checking: a certificate's statement is verified here with the keys that stand in the page, so that
// no line is needed; then the site is asked whether it was taken back. The address may bring a statement along, when the
// browser has kept this page (/kept/check/) and shows it for /check/<statement>/.
// The words are three templates of the page: #unconfirmed, #false and #need_line.
import { opened, Malformed } from "./statement.js";

const result = document.querySelector("#result");
const form = document.querySelector("#ask");
const CHECK = result.dataset.check;
const KEYS = JSON.parse(document.querySelector("#certificate-keys").textContent);
const STATEMENT = /^[A-Z2-7]{100,}$/;
const PATIENCE = 8000;
let asked = "";

// What is to be checked: as courses/certificates/checking.py reads it.
function askedFor(typed) {
  const text = typed.trim().replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50);
  const alone = /^\S*\/check\/([^/\s]+)\/?$/.exec(text)?.[1] ?? text;
  return alone.replace(/\s/g, "").toUpperCase();
}

async function verdict(text) {
  if (!STATEMENT.test(text)) return { state: "need_line" }; // a number, which only the site can look up
  const { told, message, signature } = opened(text);
  const key = KEYS[told.kid];
  if (!key || !globalThis.crypto?.subtle) return { state: "need_line" }; // it may be of a newer key
  const raw = Uint8Array.from(key.match(/../g), (byte) => parseInt(byte, 16));
  const mine = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
  const isRight = await crypto.subtle.verify({ name: "Ed25519" }, mine, signature, message);
  return isRight ? { state: "unconfirmed", told } : { state: "false" };
}

async function alone(text) {
  try {
    return await verdict(text);
  } catch (error) {
    return { state: error instanceof Malformed ? "false" : "need_line" }; // an old browser has no Ed25519
  }
}

function dayIn({ year, month, day }) {
  const { months, yearOffset } = result.dataset;
  return [day, months.split(" ")[month - 1], year + Number(yearOffset)].join("\u00a0");
}

function show({ state, told }) {
  const drawn = document.querySelector(`template#${state}`).content.cloneNode(true);
  const words = told && { ...told, day: dayIn(told.finishedOn) };
  for (const place of drawn.querySelectorAll("[data-fill]")) place.textContent = words[place.dataset.fill];
  result.replaceChildren(drawn);
  result.hidden = false;
}

// The site's own answer in the place of ours. False where nobody answers.
async function ask(text) {
  try {
    const reply = await fetch(CHECK + encodeURIComponent(text) + "/", {
      headers: { Accept: "text/html" },
      cache: "no-store",
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const told = page.querySelector("#result > [data-state]");
    if (!told || text !== asked) return false;
    result.replaceChildren(document.adoptNode(told));
    return true;
  } catch {
    return false;
  }
}

async function check(text) {
  asked = text;
  show(await alone(text));
  return ask(text);
}

form.addEventListener("submit", (event) => {
  const text = askedFor(form.elements.q.value);
  if (!text) return;
  event.preventDefault();
  history.pushState(null, "", CHECK + encodeURIComponent(text) + "/");
  check(text);
});

function fromAddress() {
  const text = askedFor(location.pathname);
  if (location.pathname.startsWith(CHECK) && location.pathname !== CHECK) check(text);
  else result.hidden = true;
}

addEventListener("popstate", fromAddress);
addEventListener("online", () => asked && ask(asked));
if (!result.querySelector("[data-state]")) fromAddress(); // the site has not answered: this page was kept
