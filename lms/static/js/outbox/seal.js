// seal(key, id, text) and open(key, id, box): ChaCha20-Poly1305 of RFC 8439.
//
// A box is the nonce (12 random bytes), what is sealed, and the tag (16 bytes). It opens only under the same key and
// the same id. Written here because crypto.subtle does not exist on the plain HTTP of a centre's network; checked
// with the RFC's own examples and against Python's cryptography in tests/browser/test_sealing.py.

const NONCE = 12;
const TAG = 16;

export function seal(key, id, text) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  return joined(nonce, encrypt(key, nonce, utf8(id), utf8(text)));
}

// The text, or null where it is not what was sealed.
export function open(key, id, box) {
  const plain = decrypt(key, box.subarray(0, NONCE), utf8(id), box.subarray(NONCE));
  return plain && new TextDecoder().decode(plain);
}

export function encrypt(key, nonce, aad, plain) {
  const hidden = chacha20(key, nonce, 1, plain);
  return joined(hidden, tagOf(key, nonce, aad, hidden));
}

export function decrypt(key, nonce, aad, sealed) {
  if (sealed.length < TAG) return null;
  const hidden = sealed.subarray(0, -TAG);
  const tag = tagOf(key, nonce, aad, hidden);
  let difference = 0;
  for (let place = 0; place < TAG; place++) difference |= tag[place] ^ sealed[hidden.length + place];
  return difference ? null : chacha20(key, nonce, 1, hidden);
}

// The bytes under the key's stream; the same again takes it off.
function chacha20(key, nonce, counter, bytes) {
  const start = Uint32Array.of(0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, ...words(key), counter, ...words(nonce));
  const result = new Uint8Array(bytes.length);
  for (let from = 0; from < bytes.length; from += 64, start[12]++) {
    const stream = block(start);
    const end = Math.min(from + 64, bytes.length);
    for (let place = from; place < end; place++) result[place] = bytes[place] ^ stream[place - from];
  }
  return result;
}

function block(start) {
  const state = start.slice();
  for (let round = 0; round < 10; round++) {
    for (let column = 0; column < 4; column++) quarter(state, column, 4 + column, 8 + column, 12 + column);
    for (let column = 0; column < 4; column++) {
      quarter(state, column, 4 + ((column + 1) & 3), 8 + ((column + 2) & 3), 12 + ((column + 3) & 3));
    }
  }
  for (let place = 0; place < 16; place++) state[place] += start[place];
  return new Uint8Array(state.buffer); // little-endian, like every machine that has a browser
}

function quarter(s, a, b, c, d) {
  s[a] += s[b];
  s[d] = turned(s[d] ^ s[a], 16);
  s[c] += s[d];
  s[b] = turned(s[b] ^ s[c], 12);
  s[a] += s[b];
  s[d] = turned(s[d] ^ s[a], 8);
  s[c] += s[d];
  s[b] = turned(s[b] ^ s[c], 7);
}

const turned = (word, bits) => (word << bits) | (word >>> (32 - bits));

function tagOf(key, nonce, aad, hidden) {
  const lengths = new Uint8Array(16);
  const view = new DataView(lengths.buffer);
  view.setUint32(0, aad.length, true);
  view.setUint32(8, hidden.length, true);
  const once = chacha20(key, nonce, 0, new Uint8Array(32));
  return poly1305(once, joined(aad, padding(aad), hidden, padding(hidden), lengths));
}

// Of a message of whole blocks, which those of the cipher always are.
function poly1305(key, message) {
  const r = number(key, 0) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  let sum = 0n;
  for (let from = 0; from < message.length; from += 16) {
    sum = ((sum + number(message, from) + (1n << 128n)) * r) % ((1n << 130n) - 5n);
  }
  sum += number(key, 16);
  const tag = new DataView(new ArrayBuffer(TAG));
  tag.setBigUint64(0, BigInt.asUintN(64, sum), true);
  tag.setBigUint64(8, BigInt.asUintN(64, sum >> 64n), true);
  return new Uint8Array(tag.buffer);
}

function number(bytes, from) {
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, 16);
  return view.getBigUint64(0, true) | (view.getBigUint64(8, true) << 64n);
}

const padding = (bytes) => new Uint8Array((16 - (bytes.length % 16)) % 16);
const words = (bytes) => new Uint32Array(Uint8Array.from(bytes).buffer);
const utf8 = (text) => new TextEncoder().encode(text);

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

// Boxes and keys as they travel: base64 for URLs, without padding.
export function toText(bytes) {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function toBytes(text) {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
