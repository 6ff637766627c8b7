// From the fields of an HTML form to the wire form of an answer.

import { check, of, refuse } from "./answers.js";
import { normalise, searchText } from "./thai.js";

const LINE_ENDS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/; // as Python's splitlines has them
const TRUE_OR_FALSE = new Map([["true", true], ["false", false], ["", null]]);

export function readForm(activity, fields) {
  const texts = (name) => (fields instanceof Map ? fields.get(name) : fields[name]) ?? [];
  const answer = of(READERS, activity)(texts, activity);
  check(activity, answer);
  return answer;
}

const READERS = new Map([
  ["single_choice", (texts) => integer(line(texts("answer")))],
  ["multiple_choice", (texts) => integers(texts("answer"))],
  ["true_false", readTrueFalse],
  ["ordering", readOrdering],
  ["matching", readMatching],
  ["number", (texts) => line(texts("answer"))],
  ["fill_in", (texts) => line(texts("answer"))],
  ["reflection", (texts) => last(texts("answer")).split(LINE_ENDS).map(normalise).join("\n").trim()],
  ["task", (texts) => integers(texts("done"))],
]);

function readTrueFalse(texts) {
  const answer = TRUE_OR_FALSE.get(line(texts("answer")));
  return answer === undefined ? refuse("not_a_choice") : answer;
}

// People number the items from 1; the wire form lists the items in that order.
function readOrdering(texts, { items }) {
  const places = items.map((_, index) => integer(line(texts(`place-${index}`)), "not_a_place"));
  if (places.includes(null)) refuse(isAnyGiven(places) ? "incomplete" : "empty");
  if (places.some((place) => place < 1 || place > items.length)) refuse("not_a_place");
  if (new Set(places).size < items.length) refuse("same_place");
  return [...places.keys()].sort((one, other) => places[one] - places[other]);
}

function readMatching(texts, { pairs }) {
  const rights = pairs.map((_, left) => integer(line(texts(`match-${left}`))));
  return isAnyGiven(rights) ? rights : [];
}

function last(texts) {
  return texts[texts.length - 1] ?? "";
}

function line(texts) {
  return normalise(last(texts));
}

function integers(texts) {
  return texts.map((text) => integer(normalise(text))).filter((number) => number !== null);
}

function isAnyGiven(numbers) {
  return numbers.some((number) => number !== null);
}

// null for an empty field.
function integer(text, otherwise = "not_a_choice") {
  if (!text) return null;
  const digits = searchText(text);
  return /^[0-9]{1,4}$/.test(digits) ? Number(digits) : refuse(otherwise);
}
