// The wire form of an answer to each kind of activity, and what can be wrong with it.

import { normalise, toDecimal } from "./texts.js";

const LONGEST_NUMBER = 40;
const LONGEST_FILL_IN = 200;
const LONGEST_REFLECTION = 2000;
const UNSTORABLE = /[\0\ud800-\udfff]/u; // of surrogates only those that stand alone

export class Malformed extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export function refuse(code) {
  throw new Malformed(code);
}

export function check(activity, answer) {
  const fits = of(CHECKS, activity);
  if (answer === null || answer === undefined) refuse("empty");
  fits(activity, answer);
}

// The rule for an activity's kind, from a Map of them.
export function of(rules, activity) {
  return rules.get(activity.kind) ?? refuse("unknown_kind");
}

const CHECKS = new Map([
  ["single_choice", ({ choices }, answer) => checkIndex(answer, choices.length)],
  ["multiple_choice", checkMultipleChoice],
  ["true_false", (activity, answer) => typeof answer === "boolean" || refuse("not_a_choice")],
  ["ordering", checkOrdering],
  ["matching", checkMatching],
  ["number", checkNumber],
  ["fill_in", (activity, answer) => checkText(answer, LONGEST_FILL_IN)],
  ["reflection", (activity, answer) => checkText(answer, LONGEST_REFLECTION)],
  ["task", checkTask],
]);

function checkMultipleChoice({ choices }, answer) {
  checkFilledList(answer);
  checkDistinctIndexes(answer, choices.length);
}

function checkOrdering({ items }, answer) {
  checkFilledList(answer);
  checkDistinctIndexes(answer, items.length);
  if (answer.length < items.length) refuse("incomplete");
}

function checkMatching({ pairs }, answer) {
  checkFilledList(answer);
  if (answer.includes(null) || answer.length < pairs.length) refuse("incomplete");
  if (answer.length > pairs.length) refuse("not_a_choice");
  for (const right of answer) checkIndex(right, pairs.length);
}

function checkNumber({ unit }, answer) {
  if (typeof answer === "string") checkText(answer, LONGEST_NUMBER);
  if (toDecimal(answer, unit) === null) refuse("not_a_number");
}

function checkTask({ checklist }, answer) {
  if (!Array.isArray(answer)) refuse("not_a_choice");
  checkDistinctIndexes(answer, checklist.length);
}

function checkIndex(value, count) {
  if (!Number.isInteger(value) || value < 0 || value >= count) refuse("not_a_choice");
}

function checkDistinctIndexes(values, count) {
  for (const value of values) checkIndex(value, count);
  if (new Set(values).size < values.length) refuse("repeated");
}

function checkFilledList(answer) {
  if (!Array.isArray(answer)) refuse("not_a_choice");
  if (!answer.length) refuse("empty");
}

function checkText(answer, longest) {
  if (typeof answer !== "string" || UNSTORABLE.test(answer)) refuse("not_text");
  if ([...answer].length > longest) refuse("too_long");
  if (!normalise(answer)) refuse("empty");
}
