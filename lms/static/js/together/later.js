// What a group needs to begin on this page without a line (ahead.js) comes when the page itself has all that it needs.

const LATER = 3e3; // milliseconds after that
const read = () => setTimeout(() => import("./ahead.js"), LATER);

document.readyState === "complete" ? read() : addEventListener("load", read);
