// The learner's id in a member card's text, as a scanner types it (lms/centres/cards.py), or "":
// idInCard(text, { thai, english }).
//
// A scanner presses the keys of an English keyboard; where the machine was left on Thai, Thai letters come. The signature
// after the id is not looked at: a card only finds the name, and the code is still asked.

const CARD = /^(?:\S*\/card\/)?([\w-]{22}):[\w-]*\/?$/; // 22 characters are a UUID

export function idInCard(text, { thai, english }) {
  const keys = new Map([...thai].map((key, place) => [key, english[place]]));
  const pressed = [...text].map((key) => keys.get(key) ?? key).join("");
  const found = CARD.exec(text.trim()) ?? CARD.exec(pressed.trim());
  return found ? uuidOf(found[1]) : "";
}

function uuidOf(text) {
  const bytes = atob(`${text.replaceAll("-", "+").replaceAll("_", "/")}==`);
  const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
