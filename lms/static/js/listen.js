// [data-listen]: is there something to hear on this page, a recording or a Thai voice of the browser's own? Then
// reading.js shows the bar of อ่านให้ฟัง; without it nothing of that is fetched.

let isNeeded = false;

async function look() {
  isNeeded ||= Boolean(document.querySelector("audio[data-reads]") || thaiVoice());
  if (isNeeded) (await import("./reading.js")).offer(thaiVoice());
}

// One that lives in the machine works without a line; null where no voice speaks Thai.
function thaiVoice() {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const thai = voices.filter((voice) => /^th([-_]|$)/i.test(voice.lang));
  return thai.find((voice) => voice.localService) ?? thai[0] ?? null;
}

if (document.querySelector("[data-listen]")) {
  window.speechSynthesis?.addEventListener?.("voiceschanged", look); // some browsers have none at first
  look();
}
