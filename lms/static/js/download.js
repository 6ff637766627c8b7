// <a href="…&format=xlsx" data-download>: fetch a file with its progress shown, a way to stop it, and a word when
// something goes wrong. Without this file the link downloads by itself.
//
// While it runs the link gives way to a line with a <progress> and a button. Of a file with a length (XLSX) the
// part that has come is shown; of a list without one (CSV) how many rows have come. The words stand in the page:
//
//   <template id="download-words" data-getting="กำลังเอารายชื่อ" data-rows="__n แถว" data-stop="หยุด"
//             data-stopped="หยุดแล้ว" data-done="เก็บลงเครื่องแล้ว" data-failed="เอาไม่ได้ ลองใหม่"
//             data-busy="รอ __n วินาที แล้วลองใหม่"></template>
//
// which {% include "_download_words.html" %} writes once a page. The file is kept in the browser's memory until it
// has all come: lists of a centre are a few hundred kilobytes.

const words = document.getElementById("download-words")?.dataset;

for (const link of words && window.ReadableStream ? document.querySelectorAll("a[data-download]") : []) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!link.hidden) download(link);
  });
}

async function download(link) {
  const stop = new AbortController();
  const line = shown(link, () => stop.abort());
  try {
    const answer = await fetch(link.href, { signal: stop.signal });
    if (answer.status === 429) return line.end(words.busy.replace("__n", answer.headers.get("Retry-After")));
    if (!answer.ok) throw new Error(answer.status);
    save(await read(answer, line), nameOf(answer));
    line.end(words.done);
  } catch (error) {
    line.end(error.name === "AbortError" ? words.stopped : words.failed);
  }
}

// The whole file; the line is told what has come.
async function read(answer, line) {
  const packed = answer.headers.has("Content-Encoding"); // its length is then not that of what comes here
  const total = packed ? 0 : Number(answer.headers.get("Content-Length"));
  const pieces = [];
  let bytes = 0;
  let rows = -1; // the first line has the names of the columns
  const reader = answer.body.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    pieces.push(value);
    bytes += value.length;
    for (const byte of value) rows += byte === 10;
    line.tell(total ? bytes / total : undefined, total ? "" : words.rows.replace("__n", Math.max(rows, 0)));
  }
  return new Blob(pieces, { type: answer.headers.get("Content-Type") });
}

function shown(link, stop) {
  const line = document.createElement("span");
  line.className = "row";
  line.setAttribute("role", "status");
  const said = document.createElement("span");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", words.getting);
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn", textContent: words.stop });
  button.addEventListener("click", stop);
  said.textContent = words.getting;
  line.append(bar, said, button);
  link.after(line);
  link.hidden = true;
  button.focus();
  return {
    tell(part, text) {
      if (part !== undefined) bar.value = part;
      if (text) said.textContent = text;
    },
    end(text) {
      const hadFocus = line.contains(document.activeElement);
      line.replaceChildren(text);
      link.hidden = false;
      if (hadFocus) link.focus();
      setTimeout(() => line.remove(), 10e3);
    },
  };
}

function nameOf(answer) {
  return /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "sala";
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
}
