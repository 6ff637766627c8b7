// <form data-answer>: answer without leaving the page, with a line or without.
//
// The form stands in an element with data-activity and id="activity-<uuid>". A learner's answer is on the disk of the
// outbox before anything is said. The server sends the activity back as it now is; when it does not, the activity is
// graded and drawn here, and the outbox sends the answer later. For a visitor, and where there is no room, nothing is
// kept: then <template id="no-line"> holds the note to show when the line is down.

import { sayNoLine, show, swap } from "./drawing.js";
import { noted, understood } from "./lesson.js";
import { deliver, handIn } from "./outbox/index.js";
import { isCopy } from "./outbox/who.js";
import { fieldsOf } from "./states.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-answer]") || form.closest("[data-group]")) return; // a group's: together/screen.js
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") answer(form, filledIn(form, event.submitter));
});

async function answer(form, data) {
  form.setAttribute("aria-busy", "true");
  const activity = form.closest("[data-activity]") ?? form;
  try {
    await answered(activity, form, data);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

async function answered(activity, form, data) {
  const given = await understood(activity.id.replace("activity-", ""), fieldsOf(data));
  const id = given?.facts ? await noted(given.facts) : null;
  const reply = isCopy() ? null : await handIn(form, data, id);
  if (reply?.response.redirected) return location.assign(reply.response.url); // signed out meanwhile
  const isDrawn = Boolean(reply && (reply.isSettled || !id)) && swap(activity, reply.text);
  if (!isDrawn && (id || (given && (isCopy() || !given.facts)))) show(activity, given.state);
  else if (!isDrawn) sayNoLine(form);
  if (id) deliver({ now: isDrawn });
}

function filledIn(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return data;
}
