// What stands in a certificate's QR, taken apart: the same form as courses/certificates/statement.py, which says it.
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const CONTEXT = new TextEncoder().encode("sala certificate 1\n");
const SIGNATURE = 64;
const UTF_8 = 0x80;

export class Malformed extends Error {}

// RFC 4648 without padding; the bits that are left over must be nothing, so that there is one spelling.
function bytesOf(text) {
  const bytes = [];
  let [bits, held] = [0, 0];
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) throw new Malformed();
    [bits, held] = [bits + 5, (held << 5) | value];
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(held >> bits);
    held &= (1 << bits) - 1;
  }
  if (held || bits > 4) throw new Malformed();
  return Uint8Array.from(bytes);
}

// A year, month and day that there is.
function dayOf(year, month, day) {
  const real = new Date(Date.UTC(year, month - 1, day));
  if (!year || real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) throw new Malformed();
  return { year, month, day };
}

function textsOf(told) {
  const texts = [];
  let place = 9;
  for (let n = 0; n < 4; n += 1) {
    if (place >= told.length) throw new Malformed();
    const size = told[place] & ~UTF_8;
    const letters = told.subarray(place + 1, place + 1 + size);
    if (letters.length !== size) throw new Malformed();
    texts.push(new TextDecoder(told[place] & UTF_8 ? "utf-8" : "iso-8859-11").decode(letters));
    place += 1 + size;
  }
  if (place !== told.length) throw new Malformed();
  return texts;
}

// {told, message, signature}: what it says, and the bytes that the key must have signed. Throws Malformed.
export function opened(text) {
  const whole = bytesOf(text);
  const told = whole.subarray(0, -SIGNATURE);
  if (told.length < 9 || told[0] !== 1) throw new Malformed();
  const message = new Uint8Array([...CONTEXT, ...told]);
  const kid = [...told.subarray(1, 5)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const finishedOn = dayOf((told[5] << 8) | told[6], told[7], told[8]);
  const [number, name, course, centre] = textsOf(told);
  return { told: { kid, finishedOn, number, name, course, centre }, message, signature: whole.subarray(-SIGNATURE) };
}
