// <input type="file" data-photo>: the photo is turned and made small before it is sent, and shown. Its place and time
// are gone with that, too. The longest side stands at data-longest-side of something around it. Where a browser
// cannot open the photo it is sent as it is, and the server does all this, or says what is wrong with it.

const LONGEST = 1600;
const QUALITY = 0.85;
const SMALL_ENOUGH = 400_000; // bytes: a smaller file is only drawn anew where it is too wide

document.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file][data-photo]")) take(event.target);
});

async function take(input) {
  const [file] = input.files;
  preview(input, file);
  if (!file) return;
  for (const other of input.form?.querySelectorAll("input[data-photo]") ?? []) {
    if (other !== input) other.value = ""; // one photo at a time
  }
  input.form?.setAttribute("aria-busy", "true");
  try {
    const small = await shrunk(file, Number(input.closest("[data-longest-side]")?.dataset.longestSide) || LONGEST);
    if (small && input.files[0] === file) put(input, small);
  } finally {
    input.form?.removeAttribute("aria-busy");
  }
}

// A file with the photo as JPEG; null where it is small already, or cannot be opened here.
async function shrunk(file, longest) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  if ((scale === 1 && file.size < SMALL_ENOUGH) || file.type === "image/gif") return null;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // what is seen through becomes paper
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return blob && new File([blob], "photo.jpg", { type: "image/jpeg" });
}

function put(input, file) {
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
}

function preview(input, file) {
  const shown = input.form?.querySelector("img.shown-photo");
  if (shown) URL.revokeObjectURL(shown.src);
  shown?.remove();
  if (!file) return;
  const picture = document.createElement("img");
  picture.className = "shown-photo";
  picture.alt = "";
  picture.src = URL.createObjectURL(file);
  picture.addEventListener("error", () => picture.remove());
  input.closest(".field, [data-contentpath], p")?.after(picture);
}
