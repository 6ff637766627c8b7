// <p data-left="เหลือ __n ข้อ" data-none="ทำครบแล้ว">: how many of [data-activity][data-open] are left.
//
// Told anew whenever answer.js has put an answered activity in its place.

document.addEventListener("sala:swapped", () => {
  const words = document.querySelector("[data-left]");
  const left = document.querySelectorAll("[data-activity][data-open]").length;
  if (words) words.textContent = left ? words.dataset.left.replace("__n", left) : words.dataset.none;
});
