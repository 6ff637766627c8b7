// <div data-live-every="30"> … <section id="needs" data-live>: keep the sections as the server has them.
//
// The page is asked for again every so many seconds while somebody can see it. Only a section that changed is
// replaced, and none while a finger or button is down or while the focus is inside it: it then waits for its
// next turn. What is in view stays where it is, and a <details id="…"> that was opened stays open.
// Such a section holds links and no forms, as each form has a token of its own. With data-live-url that address is
// asked instead of the page's own. A sala:look event asks at once.

const live = document.querySelector("[data-live-every]");
const every = Number(live?.dataset.liveEvery);
const REST = 600; // milliseconds after a finger was lifted: what it pressed must still be there

const known = new Map([...sections(document)].map((section) => [section.id, section.innerHTML]));
let isDown = false;
let lifted = 0;

if (every > 0) {
  addEventListener("pointerdown", () => (isDown = true), { capture: true, passive: true });
  for (const up of ["pointerup", "pointercancel"]) addEventListener(up, lift, { capture: true, passive: true });
  setInterval(refresh, every * 1e3);
  document.addEventListener("sala:look", refresh);
}

function sections(root) {
  return root.querySelectorAll("[data-live][id]");
}

function lift() {
  isDown = false;
  lifted = Date.now();
}

function isTouched() {
  return document.hidden || isDown || Date.now() - lifted < REST;
}

async function refresh() {
  if (isTouched()) return;
  try {
    const response = await fetch(live.dataset.liveUrl ?? location.href, { headers: { Accept: "text/html" } });
    if (response.redirected || response.status === 404) return location.reload(); // signed out meanwhile
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!isTouched()) putIn(fresh);
  } catch {
    // No line: what is here is still the latest that is known, and says of when it is.
  }
}

function putIn(fresh) {
  const { mark, top } = inView();
  for (const section of sections(fresh)) {
    const old = document.getElementById(section.id);
    if (!old || known.get(section.id) === section.innerHTML || isInUse(old)) continue;
    known.set(section.id, section.innerHTML);
    for (const details of old.querySelectorAll("details[id][open]")) {
      section.querySelector(`#${CSS.escape(details.id)}`)?.setAttribute("open", "");
    }
    old.replaceChildren(...document.adoptNode(section).childNodes);
  }
  const moved = mark ? mark.getBoundingClientRect().top - top : 0;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}

function isInUse(section) {
  return section.contains(document.activeElement) || !(getSelection()?.isCollapsed ?? true) && section.contains(getSelection().anchorNode);
}

// The first section that is in sight, and where: it is to stay there.
function inView() {
  const mark = [...sections(document)].find((section) => section.getBoundingClientRect().bottom > 0);
  return { mark, top: mark?.getBoundingClientRect().top };
}
