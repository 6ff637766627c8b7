// <input type="search" data-find="people">: show only what is typed, in the list with the id "people".
//
// An item (li, or tr of a tbody) stays when its text, or its data-words, holds every word typed. What stands
// in [data-find-none="people"] is shown when nothing is left. The form around the input still asks the
// server, which knows more than this page.

for (const input of document.querySelectorAll("input[data-find]")) {
  const list = document.getElementById(input.dataset.find);
  if (!list) continue;
  const none = document.querySelector(`[data-find-none="${input.dataset.find}"]`);
  const find = () => {
    const words = plain(input.value).split(" ").filter(Boolean);
    let left = 0;
    for (const item of list.querySelectorAll(":scope > li, :scope > tbody > tr, :scope:is(tbody) > tr")) {
      const text = plain(item.dataset.words ?? item.textContent);
      item.hidden = !words.every((word) => text.includes(word));
      left += !item.hidden;
    }
    if (none) none.hidden = left > 0;
  };
  input.addEventListener("input", find);
  window.addEventListener("pageshow", find); // browsers fill the field again on the way back
}

// One spelling for what looks the same: nikhahit and aa are sara am, the tone after it, two เ are one แ.
function plain(text) {
  return text
    .normalize("NFC")
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/\u0e4d([\u0e48-\u0e4b])/g, "$1\u0e4d")
    .replace(/\u0e4d\u0e32/g, "\u0e33")
    .replace(/\u0e33([\u0e48-\u0e4b])/g, "$1\u0e33")
    .replace(/เเ/g, "แ")
    .replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50)
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}
