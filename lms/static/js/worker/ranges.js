// A part of a kept file, as players of sound and film ask for it: partOf(response, "bytes=0-1023").

export async function partOf(response, range) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? "");
  if (!asked || (!asked[1] && !asked[2])) return response;
  const whole = await response.blob();
  const [start, end] = places(asked[1], asked[2], whole.size);
  if (start > end || start >= whole.size) {
    return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  }
  const headers = {
    "Content-Type": response.headers.get("Content-Type") ?? "application/octet-stream",
    "Content-Range": `bytes ${start}-${end}/${whole.size}`,
    "Content-Length": end - start + 1,
    "Accept-Ranges": "bytes",
  };
  return new Response(whole.slice(start, end + 1), { status: 206, headers });
}

// "-500" asks for the last 500.
function places(first, last, size) {
  if (!first) return [Math.max(0, size - Number(last)), size - 1];
  return [Number(first), last ? Math.min(Number(last), size - 1) : size - 1];
}
