// Letters, contrast and theme on kept pages, as the learner has them on the others: their cookies are not for scripts.

const KEY = "sala:look";
const NAMES = ["theme", "contrast", "letters"];
const root = document.documentElement.dataset;

if (document.body?.dataset.copy === undefined) {
  localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, root[name]]))));
} else {
  const look = JSON.parse(localStorage.getItem(KEY) ?? "{}");
  for (const name of NAMES) if (look[name]) root[name] = look[name];
}
