// Numbers as learners write them: ๑๒๐, 1,200, 12.50, 30 บาท. Exact, so that 0.1 + 0.2 is 0.3 here too.

import { searchText } from "./thai.js";

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
