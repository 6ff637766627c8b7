// Is this answer right, and what should the learner read next? The same rules as courses/grading in Python, for when no
// server answers. No page in here, and no words: a definition (courses.outlines.definition) and an answer go in.
//
//   const answer = readForm(definition, fields); // fields: name -> list of texts, in a Map or an object
//   grade(definition, answer); // { correct, score, explanations, rightPlaces }
//
// Both throw Malformed, whose `code` is one of courses.grading.CODES. The server grades again and its word stands;
// tests/browser/test_same_grades.py holds the two together.

export { Malformed } from "./answers.js";
export { readForm } from "./forms.js";
export { grade } from "./kinds.js";
