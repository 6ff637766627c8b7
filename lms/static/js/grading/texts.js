// Thai text as people type it: lms/accounts/thai.py says why each of these is so. And numbers as learners write them:
// ๑๒๐, 1,200, 12.50, 30 บาท; exact, so that 0.1 + 0.2 is 0.3 here too.

const CONTROLS = "\\0-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f";
const JOINERS = "\\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff";
const UNSEEN = new RegExp(`[${CONTROLS}${JOINERS}\\ud800-\\udfff]+`, "gu"); // of surrogates those that stand alone
// As Python's split has them.
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const MARKS = "\u0e3a\u0e38\u0e39\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d\u0e48\u0e49\u0e4a\u0e4b\u0e4e\u0e4c";
const MARKS_AND_FOLLOWERS = new RegExp(`[${MARKS}ะาำ]{2,}`, "g");
const [NIKHAHIT, AA, AM] = "\u0e4d\u0e32\u0e33";

// One spelling for what looks the same on screen.
export function normalise(text) {
  const visible = text.replace(UNSEEN, "").replace(SPACES, " ").replace(/^ | $/g, "");
  return visible.normalize("NFC").replace(MARKS_AND_FOLLOWERS, inOrder).replace(/เเ/g, "แ");
}

// What is compared: without capitals, and in Arabic digits.
export function searchText(text) {
  const folded = normalise([...normalise(text)].map(fold).join(""));
  return folded.replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit));
}

// Marks in order, then the vowels that follow them, nikhahit and aa joined to sara am.
function inOrder(run, at, text) {
  const end = at + run.length;
  const [before, after] = [[...text.slice(Math.max(at - 2, 0), at)].pop(), [...text.slice(end, end + 2)][0]];
  if (isCombining(before) || isCombining(after)) return run;
  const joined = Math.min(count(run, NIKHAHIT), count(run, AA));
  const rest = replaced(run, NIKHAHIT, "", joined);
  const sorted = [...rest].sort((one, other) => place(one) - place(other)).join("");
  return replaced(sorted, AA, AM, joined);
}

function place(mark) {
  return MARKS.includes(mark) ? MARKS.indexOf(mark) : MARKS.length;
}

// Does Unicode give it a combining class? Then the mark of the lowest class moves before it and the one of the highest.
function isCombining(char) {
  return char !== undefined && !`\u0345${char}\u0334`.normalize("NFD").startsWith("\u0345");
}

function count(text, char) {
  return text.split(char).length - 1;
}

function replaced(text, char, by, times) {
  let left = times;
  return text.split(char).reduce((before, after) => before + (left-- > 0 ? by : char) + after);
}

// Python's casefold: through capitals, for ß and ς; the Turkish dotless ı alone would come back as i.
function fold(char) {
  return char === "ı" ? char : char.toLowerCase().toUpperCase().toLowerCase();
}

const NUMBER = /^[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)$/;

// { digits, places } for digits / 10 ** places, or null; after a written number the activity's own unit may stand.
export function toDecimal(number, unit) {
  if (typeof number === "string") return read(number, unit);
  return Number.isFinite(number) ? decimal(String(number)) : null;
}

// Do these two lie no further apart than that?
export function isWithin(given, expected, tolerance) {
  const places = Math.max(given.places, expected.places, tolerance.places);
  const whole = (number) => number.digits * 10n ** BigInt(places - number.places);
  const apart = whole(given) - whole(expected);
  return (apart < 0n ? -apart : apart) <= whole(tolerance);
}

function read(text, unit) {
  const written = compact(text);
  const suffix = compact(unit || "");
  const bare = suffix && written.endsWith(suffix) ? written.slice(0, -suffix.length) : written;
  return NUMBER.test(bare) ? decimal(bare.replace(/,/g, "")) : null;
}

// "-1.5" and "1.5e-7", which is how JavaScript writes its small and large ones.
function decimal(text) {
  const [number, exponent = "0"] = text.split("e");
  const [whole, fraction = ""] = number.split(".");
  return { digits: BigInt(whole + fraction), places: fraction.length - Number(exponent) };
}

// "1 2" is not 12, but every other space says nothing. Phones turn a hyphen into a minus sign or a dash.
function compact(text) {
  const isDigit = (char) => char >= "0" && char <= "9";
  const spaced = searchText(text).replace(/[−–]/g, "-");
  return spaced.replace(/ /g, (space, at) => (isDigit(spaced[at - 1]) && isDigit(spaced[at + 1]) ? space : ""));
}
