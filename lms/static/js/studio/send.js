// <form data-send>: its file is sent with a bar, and sent again by itself when the line is back. The words stand in
// <template id="sending">. Sending the same twice changes nothing: the form has a number of its own for that.
//
// The answer is {"next": where to go on} or {"errors": {field: [words]}}.

const WAITS = [3, 10, 30, 60]; // seconds between tries
const words = document.getElementById("sending")?.dataset;

for (const form of words ? document.querySelectorAll("form[data-send]") : []) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.sending) send(form, 0);
  });
}

function send(form, tries) {
  const line = lineOf(form);
  const request = new XMLHttpRequest();
  form.sending = true;
  button(form).disabled = true;
  forget(form);
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const part = total ? loaded / total : 0;
    line.tell(part < 1 ? words.sending.replace("__n", Math.floor(part * 100)) : words.working, part < 1 ? part : null);
  });
  request.addEventListener("load", () => answered(form, line, request, tries));
  request.addEventListener("error", () => later(form, line, tries));
  request.send(new FormData(form));
}

function answered(form, line, request, tries) {
  if (request.response?.next) return goOn(request.response.next);
  if ([429, 502, 503, 504].includes(request.status)) return later(form, line, tries);
  ended(form, line);
  const errors = request.response?.errors ?? { "": [words.failed] };
  for (const [name, said] of Object.entries(errors)) show(form, name, said);
  form.querySelector(".fix")?.scrollIntoView({ block: "center" });
}

// The line is down, or the server busy: try again after a while, when the line is back, or when asked.
function later(form, line, tries) {
  let isOver = false;
  const again = () => {
    if (isOver) return;
    isOver = true;
    window.removeEventListener("online", again);
    clearTimeout(clock);
    send(form, tries + 1);
  };
  const clock = setTimeout(again, WAITS[Math.min(tries, WAITS.length - 1)] * 1000);
  window.addEventListener("online", again);
  line.wait(again);
}

function goOn(next) {
  leaving = true;
  const here = location.pathname + location.search;
  location.assign(next);
  if (new URL(next, location.href).pathname === here) location.reload();
}

function ended(form, line) {
  line.element.remove();
  form.sending = false;
  button(form).disabled = false;
}

function button(form) {
  return form.querySelector("button:not([type=button])");
}

function forget(form) {
  for (const said of form.querySelectorAll(".fix[role=alert]")) said.remove();
}

function show(form, name, said) {
  const input = form.elements[name];
  const field = input?.closest?.(".field") ?? button(form);
  const box = document.createElement("div");
  box.className = "fix";
  box.setAttribute("role", "alert");
  for (const each of said) {
    const p = document.createElement("p");
    p.textContent = each;
    box.append(p);
  }
  if (field === button(form)) field.before(box);
  else field.append(box);
}

// The line that says how far it is, under the form.
function lineOf(form) {
  form.querySelector("[data-line]")?.remove();
  const element = document.createElement("div");
  element.className = "stack tight";
  element.dataset.line = "";
  const bar = document.createElement("progress");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  element.append(said, bar);
  form.append(element);
  return {
    element,
    tell(text, part) {
      said.textContent = text;
      if (part === null) bar.removeAttribute("value");
      else bar.value = part;
    },
    wait(again) {
      const now = document.createElement("button");
      now.type = "button";
      now.className = "btn";
      now.dataset.again = "";
      now.textContent = words.again;
      now.addEventListener("click", again);
      said.textContent = words.waiting;
      bar.replaceWith(now);
    },
  };
}

// Closing the page would lose what is on its way.
let leaving = false;
window.addEventListener("beforeunload", (event) => {
  const isSending = [...document.querySelectorAll("form[data-send]")].some((form) => form.sending);
  if (isSending && !leaving) event.preventDefault();
});
