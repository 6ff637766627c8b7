// <div data-ordering data-said="__item อยู่ที่ __place">: put in order with buttons up and down.
//
// Without this file each <li> has a <select name="place-i"> with the places 1, 2, 3… With it the selects
// are hidden and follow the list. The two buttons come from a <template> inside, so that the page keeps its
// words and icons: <span class="moves"><button type="button" class="btn" data-move="-1">…</button> and the
// same with data-move="1"</span>. [data-item] marks an item's words.

document.querySelectorAll("[data-ordering]").forEach(enhance);
document.addEventListener("sala:swapped", (event) => {
  event.target.querySelectorAll("[data-ordering]").forEach(enhance);
});

function enhance(ordering) {
  const list = ordering.querySelector("ol, ul");
  const buttons = ordering.querySelector("template");
  if (!list || !buttons) return;

  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  ordering.append(said);

  for (const item of byPlace([...list.children])) {
    const place = document.createElement("span");
    place.className = "knot num";
    place.setAttribute("aria-hidden", "true");
    item.prepend(place);
    item.append(buttons.content.cloneNode(true));
    for (const part of item.querySelectorAll("select, label")) part.hidden = true;
    list.append(item);
  }
  number();

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const item = button.closest("li");
    if (button.dataset.move < 0) item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    number();
    button.focus(); // a moved element loses it
    const words = { __item: wordsOf(item), __place: placeOf(item) };
    said.textContent = (ordering.dataset.said ?? "__place").replace(/__item|__place/g, (word) => words[word]);
  });

  function number() {
    for (const item of list.children) {
      const place = placeOf(item);
      item.querySelector("select").value = place;
      item.querySelector(".knot").textContent = place;
      item.querySelector('[data-move="-1"]').setAttribute("aria-disabled", place === 1);
      item.querySelector('[data-move="1"]').setAttribute("aria-disabled", place === list.children.length);
    }
  }
}

// As answered before, where it was; else as the server shuffled them.
function byPlace(items) {
  const place = (item) => Number(item.querySelector("select").value) || items.length;
  return items.sort((one, other) => place(one) - place(other));
}

function placeOf(item) {
  return [...item.parentElement.children].indexOf(item) + 1;
}

function wordsOf(item) {
  return (item.querySelector("[data-item]") ?? item.querySelector(".grow") ?? item).textContent.trim();
}
