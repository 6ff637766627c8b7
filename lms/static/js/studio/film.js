// <input type="file" data-film> in something with data-largest (bytes) and data-too-large (words): a film that would be
// refused is not sent at all, as that could cost an hour of a slow line.

document.addEventListener("change", (event) => {
  const input = event.target;
  const limits = input.closest("[data-largest]")?.dataset;
  if (!limits || !input.matches("input[type=file][data-film]")) return;
  const [film] = input.files;
  input.closest(".field").querySelector(".fix")?.remove();
  if (!film || film.size <= Number(limits.largest)) return;
  const words = document.createElement("div");
  words.className = "fix";
  words.setAttribute("role", "alert");
  words.textContent = limits.tooLarge;
  input.after(words);
  input.value = "";
});

// While a film is made ready the page looks again by itself, unless something is being filled in.
if (document.querySelector("[data-look-again]")) {
  let isTouched = false;
  document.addEventListener("input", () => (isTouched = true));
  setTimeout(() => isTouched || location.reload(), 10_000);
}
