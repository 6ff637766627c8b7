// A group's page without the server: opened({ main, bar }) puts it here and lets it go on. restore() or hold() of
// saved.js came before.

export async function opened({ main, bar }) {
  const page = document.querySelector("main");
  page.classList.replace("narrow", "together");
  page.innerHTML = main;
  document.querySelector(".bar")?.remove();
  document.body.insertAdjacentHTML("beforeend", bar);
  await Promise.all([import("./screen.js"), import("./coming.js"), import("../order.js")]);
}
