// <form data-recorder>: a voice is recorded here instead of chosen as a file, where the browser can. What was recorded
// becomes the form's file: listened to, recorded again, and sent like any other by the form's own button.
//
// The controls are in <template id="recorder">, with the words and the longest time in seconds at it.

import { levelOf } from "./level.js";

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const QUIET = 0.01; // louder than the hiss of a cheap microphone
const QUIET_SECONDS = 3;
const template = document.getElementById("recorder");

if (template && window.MediaRecorder && navigator.mediaDevices?.getUserMedia) {
  for (const form of document.querySelectorAll("form[data-recorder]")) attach(form);
}

function attach(form) {
  const file = form.querySelector("[data-file]");
  file.before(template.content.cloneNode(true));
  const find = (name) => form.querySelector(`[data-${name}]`);
  const parts = {
    form, file, keep: form.querySelector("button:not([type=button])"), input: form.querySelector("input[type=file]"),
    ...Object.fromEntries(["record", "stop", "time", "level", "said", "taken"].map((name) => [name, find(name)])),
    sound: find("listen-again"),
  };
  file.hidden = !file.querySelector(".fix");
  parts.keep.hidden = file.hidden;
  parts.record.addEventListener("click", () => record(parts));
  find("redo").addEventListener("click", () => record(parts));
  parts.input.addEventListener("change", () => (parts.keep.hidden = !parts.input.files.length));
}

async function record(parts) {
  if (parts.isBusy) return; // a second press, while the browser still asks whether it may hear
  parts.isBusy = true;
  say(parts, "");
  parts.time.textContent = "0:00";
  parts.level.value = 0;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: true } });
  } catch {
    parts.isBusy = false;
    parts.file.hidden = parts.keep.hidden = false; // there is still the phone's own recorder
    return say(parts, template.dataset.denied);
  }
  const kind = KINDS.find((each) => MediaRecorder.isTypeSupported(each));
  const recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 48_000 });
  const pieces = [];
  const end = watch(parts, stream, recorder);
  recorder.addEventListener("dataavailable", ({ data }) => data.size && pieces.push(data));
  recorder.addEventListener("stop", () => {
    end();
    parts.isBusy = false;
    for (const track of stream.getTracks()) track.stop();
    if (pieces.length) keep(parts, new Blob(pieces, { type: recorder.mimeType }));
  });
  parts.stop.onclick = () => recorder.state === "recording" && recorder.stop();
  recorder.start(1000);
  show(parts, "recording");
}

// The time and how loud it is, while it is recorded; gives what ends that.
function watch(parts, stream, recorder) {
  const began = Date.now();
  const level = levelOf(stream);
  let loudest = 0;
  const clock = setInterval(() => {
    const seconds = (Date.now() - began) / 1000;
    parts.level.value = Math.min(1, level.now() * 4);
    loudest = Math.max(loudest, level.now());
    parts.time.textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
    if (seconds > QUIET_SECONDS) say(parts, loudest < QUIET ? template.dataset.silent : "");
    if (seconds >= Number(template.dataset.longest)) {
      recorder.stop();
      say(parts, template.dataset.full);
    }
  }, 100);
  return () => {
    clearInterval(clock);
    level.end();
  };
}

function keep(parts, blob) {
  const ending = blob.type.includes("mp4") ? "m4a" : blob.type.includes("ogg") ? "ogg" : "webm";
  const files = new DataTransfer();
  files.items.add(new File([blob], `voice.${ending}`, { type: blob.type }));
  parts.input.files = files.files;
  if (parts.sound.src) URL.revokeObjectURL(parts.sound.src);
  parts.sound.src = URL.createObjectURL(blob);
  show(parts, "taken");
}

function show(parts, state) {
  const isRecording = state === "recording";
  parts.record.hidden = true;
  parts.stop.hidden = parts.level.hidden = !isRecording;
  parts.taken.hidden = parts.keep.hidden = isRecording;
  if (isRecording) parts.sound.pause();
}

function say(parts, text) {
  parts.said.textContent = text;
  parts.said.hidden = !text;
}
