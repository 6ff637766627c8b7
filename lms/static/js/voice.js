// What of a page's part a voice of the browser's own is to say, and how it is said.

const SPOKEN = "h1, h2, h3, p, li, legend, label, th, td, figcaption, caption";
const SILENT = "audio, video, button, select, input, textarea, template, svg, .unseen, .chip, .knot, [aria-hidden=true], [data-unread]";

// The words of a part, one piece after the other. Short ones: some browsers fall silent in long ones.
export function sentencesOf(part) {
  const spoken = [...part.querySelectorAll(SPOKEN)].filter(
    (element) =>
      isShown(element) &&
      !element.closest(SILENT) &&
      element.closest("[lang]").lang === "th" &&
      ![...element.querySelectorAll(SPOKEN)].some((inner) => isShown(inner)),
  );
  return spoken.map(wordsOf).filter(Boolean);
}

function isShown(element) {
  return element.getClientRects().length > 0;
}

function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const silent of copy.querySelectorAll(SILENT)) silent.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

// Say sentences[from], and those after it. `told` hears which one it is at, `ended` that all are said. Gives what ends it.
export function speak(voice, sentences, from, rate, told, ended) {
  let going = true;
  const go = (place) => {
    if (!going) return;
    if (place >= sentences.length) return void ended();
    told(place);
    const words = new SpeechSynthesisUtterance(sentences[place]);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = rate;
    words.onend = words.onerror = () => go(place + 1);
    window.speechSynthesis.speak(words);
  };
  go(from);
  return () => {
    going = false;
    window.speechSynthesis.cancel();
  };
}
