// <fieldset data-places="/subdistricts/?near=320101&q=">: what a search finds appears while its words are typed.
//
// The answer is a piece of a page and goes into [data-places-found]. What was chosen there before stays. Without
// this file, or without a connection, the button asks for the whole page.

for (const field of document.querySelectorAll("[data-places]")) {
  const input = field.querySelector("input[type=search]");
  const found = field.querySelector("[data-places-found]");
  let pause, asked = 0;

  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(find, 250);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    find();
  });
  field.querySelector("button[name=find]").addEventListener("click", (event) => {
    if (!navigator.onLine) return;
    event.preventDefault();
    find();
  });

  async function find() {
    const turn = ++asked;
    const answer = await fetch(field.dataset.places + encodeURIComponent(input.value)).catch(() => null);
    if (!answer?.ok || turn !== asked) return;
    const kept = found.querySelector("input:checked");
    found.innerHTML = await answer.text();
    if (!kept) return;
    const again = found.querySelector(`input[value="${kept.value}"]`);
    if (again) again.checked = true;
    else found.prepend(kept.closest("label"));
  }
}
