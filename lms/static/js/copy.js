// <button data-copy="id" data-copied="คัดลอกแล้ว" hidden>: copy the text of the element with that id.
//
// Shown only where the browser can copy; elsewhere the text stands there to be chosen by hand. The button's
// <span> then says data-copied, which whoever listens hears, as the card around it is a status.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const words = button.querySelector("span");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      words.textContent = button.dataset.copied;
    } catch {
      getSelection().selectAllChildren(text); // refused: one key press copies what is chosen
    }
  });
}
