// Is this answer right, and what should the learner read next? courses/grading in Python, once more for when no server
// answers; docs/architecture.md says why. A definition (courses.outlines.definition) goes in, and no page or words.
//
//   const answer = readForm(definition, fields); // fields: name -> list of texts, in a Map or an object
//   grade(definition, answer); // { correct, score, explanations, rightPlaces }; both throw Malformed with its `code`

export { Malformed } from "./answers.js";
export { readForm } from "./forms.js";
export { grade } from "./kinds.js";
