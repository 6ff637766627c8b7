// <form data-answer>: answer without leaving the page. The server sends the activity back as it now is.
//
// The form stands in an element with data-activity; the answer to a POST with X-Fragment is that element again.
// The page holds <template id="no-line"> with the note to show when the line is down. The form's hidden
// field `event` names this answer, so sending it twice stores it once.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-answer]")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") send(form, event.submitter);
});

async function send(form, button) {
  form.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: filledIn(form, button),
      headers: { "X-Fragment": "1" },
    });
    if (response.redirected) return leaveTo(form); // signed out meanwhile: let a whole page say so
    const activity = response.status < 500 && activityIn(await response.text());
    if (activity) return swap(form.closest("[data-activity]") ?? form, activity);
  } catch {
    // No line: what was filled in stays, and so does the event's id.
  }
  form.removeAttribute("aria-busy");
  sayNoLine(form);
}

function leaveTo(form) {
  form.removeAttribute("aria-busy");
  form.submit();
}

function filledIn(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return data;
}

function activityIn(html) {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  return parsed.content.querySelector("[data-activity]");
}

function swap(old, activity) {
  old.replaceWith(activity);
  focusOn(activity.querySelector("[role=status], .note") ?? activity);
  activity.dispatchEvent(new CustomEvent("sala:swapped", { bubbles: true }));
}

function sayNoLine(form) {
  const words = document.querySelector("#no-line");
  if (!words) return;
  form.querySelector("[data-no-line]")?.remove();
  const note = words.content.firstElementChild.cloneNode(true);
  note.dataset.noLine = "";
  form.append(note);
  focusOn(note);
}

// Being focused is what makes a screen reader read it, and what scrolls it into view.
function focusOn(element) {
  element.tabIndex = -1;
  element.focus();
}
