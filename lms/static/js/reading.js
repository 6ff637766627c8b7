// <div class="listen" data-listen data-words-play data-words-pause data-words-place="__n จาก __all" hidden>: อ่านให้ฟัง.
//
// Reads the parts of a lesson in their order, [data-block] and [data-activity], and marks the one being read. A part is
// heard from its recording, <audio data-reads="id">; one without is spoken where the browser has a Thai voice, and else
// passed over. Without this file, which listen.js fetches, each recording stands in the page with controls of its own.

import { sentencesOf, speak } from "./voice.js";

const bar = document.querySelector("[data-listen]");
const [playButton, slowerButton, nextButton] = ["play", "slower", "next"].map((name) => bar.querySelector(`[data-${name}]`));
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const SLOWER = 0.75;

let voice = null; // the browser's own, where it has one
let current = null; // the id of the part being read
let stop = null; // ends what is sounding now; null while nothing does
let sentence = 0; // where in a spoken part to go on

playButton.addEventListener("click", () => (stop ? pause() : play()));
nextButton.addEventListener("click", () => read(next(current)));
slowerButton.addEventListener("click", () => {
  const slower = slowerButton.getAttribute("aria-pressed") !== "true";
  slowerButton.setAttribute("aria-pressed", slower);
  for (const audio of document.querySelectorAll("audio[data-reads]")) audio.playbackRate = rate();
  if (stop && !recordingOf(current)) play(); // a voice keeps the pace it began with
});
window.addEventListener("pagehide", pause);

// Told again whenever the browser has other voices.
export function offer(thaiVoice) {
  voice = thaiVoice;
  bar.hidden = !readable().length;
  for (const audio of document.querySelectorAll("audio[data-reads]")) audio.hidden = !bar.hidden;
  say();
}

// Answering replaces an activity's element, so parts are looked up anew each time.
function parts() {
  return [...document.querySelectorAll("main :is([data-block], [data-activity])")];
}

function idOf(part) {
  return part.dataset.block ?? part.id.replace("activity-", "");
}

function partOf(id) {
  return parts().find((part) => idOf(part) === id);
}

function recordingOf(id) {
  return id === null ? null : document.querySelector(`audio[data-reads="${id}"]:not([data-broken])`);
}

function readable() {
  const found = parts().filter((part) => recordingOf(idOf(part)) || (voice && sentencesOf(part).length));
  return found.map(idOf);
}

function next(id) {
  const ids = readable();
  return ids[ids.indexOf(id) + 1] ?? null;
}

function play() {
  read(current ?? next(null), sentence);
}

function pause() {
  stop?.();
  stop = null;
  say();
}

function read(id, from = 0) {
  const held = id === current && recordingOf(id); // after a pause it goes on where it was
  stop?.();
  stop = null;
  current = id;
  sentence = from;
  mark();
  const part = id === null ? null : partOf(id);
  if (part && recordingOf(id)) hear(recordingOf(id), id, held);
  else if (part) stop = speak(voice, sentencesOf(part), from, rate(), told, () => read(next(id)));
  say();
}

function told(place) {
  sentence = place;
}

function hear(audio, id, held) {
  if (!held) audio.currentTime = 0;
  audio.playbackRate = rate();
  audio.onended = () => read(next(id));
  audio.onerror = () => broken(audio, id);
  stop = () => {
    audio.onended = audio.onerror = null;
    audio.pause();
  };
  audio.play().catch((error) => {
    if (error.name === "NotAllowedError") pause();
    else if (error.name !== "AbortError") audio.onerror?.();
  });
}

// A file that does not come, as where the line is down: the part is spoken if it can be, else the next one is read.
function broken(audio, id) {
  const following = next(id);
  pause(); // or it would be told twice, by the element and by its promise
  audio.dataset.broken = "";
  read(readable().includes(id) ? id : following);
}

function rate() {
  return slowerButton.getAttribute("aria-pressed") === "true" ? SLOWER : 1;
}

function mark() {
  for (const part of parts()) part.removeAttribute("aria-current");
  const part = current === null ? null : partOf(current);
  part?.setAttribute("aria-current", "true");
  if (part && !fits(part)) part.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
}

function fits(part) {
  const box = part.getBoundingClientRect();
  const below = document.querySelector(".bar")?.getBoundingClientRect().top ?? innerHeight;
  return box.top >= bar.getBoundingClientRect().height && box.bottom <= below;
}

// What the bar's words and button say now.
function say() {
  const { wordsPlay, wordsPause, wordsPlace } = bar.dataset;
  const ids = readable();
  const words = { __n: ids.indexOf(current) + 1, __all: ids.length };
  const begun = current !== null;
  bar.toggleAttribute("data-begun", begun);
  bar.toggleAttribute("data-sounds", Boolean(stop));
  playButton.setAttribute("aria-label", stop ? wordsPause : wordsPlay);
  bar.querySelector("p").textContent = begun ? wordsPlace.replace(/__n|__all/g, (word) => words[word]) : wordsPlay;
  nextButton.disabled = !begun || next(current) === null;
}
