// How an activity stands after an answer, as courses.activities has it: { name, values, explanations, rightPlaces,
// problem }. Names: new, fix (could not be read; `problem` is Malformed's code), again, right, kept (nothing to grade).
// `values` is what the form's fields hold: name -> list of texts.

import { grade, Malformed, readForm } from "./grading/index.js";

const LONGEST_SHOWN = 4000;

// After what was filled in: the state, and what an event tells of it where it could be read.
export function answered(definition, fields) {
  try {
    const answer = readForm(definition, fields);
    const result = grade(definition, answer);
    const facts = { verb: "answered", answer, claimed_correct: result.correct };
    return { state: stateAfter(definition, answer, result), facts };
  } catch (problem) {
    if (!(problem instanceof Malformed)) throw problem;
    return { state: refused(fields, problem.code) };
  }
}

// What a form holds: name -> list of texts.
export function fieldsOf(data) {
  return Object.fromEntries([...data.keys()].map((name) => [name, data.getAll(name)]));
}

// After an answer in its wire form, such as one that was kept. Throws Malformed.
export function judged(definition, answer) {
  return stateAfter(definition, answer, grade(definition, answer));
}

// After an answer that could not be graded: what was filled in stays.
export function refused(fields, code) {
  const shown = [...(fields instanceof Map ? fields : Object.entries(fields))].map(([name, texts]) => [
    name,
    texts.map((text) => [...text.replace(/\0/g, "")].slice(0, LONGEST_SHOWN).join("")),
  ]);
  return { name: "fix", values: Object.fromEntries(shown), explanations: [], rightPlaces: null, problem: code };
}

export function isSettled({ name }) {
  return name === "right" || name === "kept";
}

function stateAfter(definition, answer, { correct, explanations, rightPlaces }) {
  return { name: nameOf(definition, answer, correct), values: valuesOf(definition, answer), explanations, rightPlaces };
}

function nameOf({ kind, checklist }, answer, correct) {
  if (correct !== null) return correct ? "right" : "again";
  return kind === "task" && answer.length < checklist.length ? "new" : "kept"; // begun; the ticks are kept
}

// What readForm reads, the other way round.
function valuesOf({ kind }, answer) {
  if (kind === "ordering") return byField(answer, (item, place) => [`place-${item}`, [String(place + 1)]]);
  if (kind === "matching") return byField(answer, (right, left) => [`match-${left}`, [String(right)]]);
  if (kind === "task") return { done: answer.map(String) };
  return { answer: Array.isArray(answer) ? answer.map(String) : [String(answer)] };
}

function byField(answer, field) {
  return Object.fromEntries(answer.map(field));
}
