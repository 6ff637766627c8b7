// Is this answer right, and what should the learner read next? courses/grading in Python, once more for when no server
// answers; docs/architecture.md says why. A definition (courses.outlines.definition) goes in, and no page or words.
//
//   const answer = readForm(definition, fields); // fields: name -> list of texts, in a Map or an object
//   grade(definition, answer); // { correct, score, explanations, rightPlaces }; both throw Malformed with its `code`
//
// Three files, as each costs a head on the line: here forms.py and kinds.py, in answers.js what an answer may be, in
// texts.js numbers.py and lms/accounts/thai.py.

import { check, of, refuse } from "./answers.js";
import { isWithin, normalise, searchText, toDecimal } from "./texts.js";

export { Malformed } from "./answers.js";

const LINE_ENDS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/; // as Python's splitlines has them
const TRUE_OR_FALSE = new Map([["true", true], ["false", false], ["", null]]);

// From the fields of an HTML form to the wire form of an answer.
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

// When an answer is right, and what it earns the learner to read. An explanation that gives the answer away waits until
// the answer is right.
export function grade(activity, answer) {
  check(activity, answer);
  return of(GRADERS, activity)(activity, answer);
}

const GRADERS = new Map([
  ["single_choice", ({ choices }, answer) => allOrNothing(choices[answer].correct, choices[answer])],
  ["multiple_choice", gradeMultipleChoice],
  ["true_false", (activity, answer) => allOrNothing(answer === activity.answer, activity)],
  ["ordering", (activity, answer) => placeByPlace(activity, answer, activity.items)],
  ["matching", (activity, answer) => placeByPlace(activity, answer, activity.pairs.map(([, right]) => right))],
  ["number", gradeNumber],
  ["fill_in", gradeFillIn],
  ["reflection", gradeNothing],
  ["task", gradeNothing],
]);

// The score is the share of choices rightly taken or rightly left; only what was chosen is explained.
function gradeMultipleChoice({ choices }, answer) {
  const chosen = choices.filter((_, index) => answer.includes(index));
  const good = choices.filter((choice, index) => choice.correct === answer.includes(index)).length;
  return result(good === choices.length, good / choices.length, explanations(chosen));
}

function gradeNumber(activity, answer) {
  const given = toDecimal(answer, activity.unit);
  const isRight = isWithin(given, toDecimal(activity.answer), toDecimal(activity.tolerance || 0));
  return isRight ? allOrNothing(true, activity) : allOrNothing(false);
}

function gradeFillIn(activity, answer) {
  const isRight = activity.answers.some((text) => spelling(text) === spelling(answer));
  return isRight ? allOrNothing(true, activity) : allOrNothing(false);
}

function gradeNothing() {
  return result(null, null);
}

function allOrNothing(correct, ...sources) {
  return result(correct, Number(correct), explanations(sources));
}

// Texts, not indexes: items that read the same may change places.
function placeByPlace(activity, answer, expected) {
  const right = answer.filter((index, place) => expected[index] === expected[place]).length;
  if (right === expected.length) return allOrNothing(true, activity);
  return result(false, right / expected.length, [], right);
}

function result(correct, score, words = [], rightPlaces = null) {
  return { correct, score, explanations: words, rightPlaces };
}

function explanations(sources) {
  return sources.map((source) => source.explanation).filter(Boolean);
}

function spelling(text) {
  return searchText(text).replace(/ /g, "");
}
