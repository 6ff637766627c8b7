// Each kind of activity: when an answer is right, and what it earns the learner to read.
//
// An explanation that gives the answer away waits until the answer is right.

import { check, of } from "./answers.js";
import { isWithin, toDecimal } from "./numbers.js";
import { searchText } from "./thai.js";

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
