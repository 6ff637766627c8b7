// locked(lock, whose, text): sealed so that only the server opens it, and not this phone either; courses/group_lock.py.
//
// It opens only for `whose` it was. `lock` is the server's public key. The box is a public key of the moment and what the secret of both seals. Only where
// there is crypto.subtle, which the plain HTTP of a centre's network has not.

import { seal, toBytes, toText } from "../outbox/seal.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };

export const canLock = () => Boolean(globalThis.crypto?.subtle);

export async function locked(lock, whose, text) {
  const { subtle } = crypto;
  const theirs = await subtle.importKey("raw", toBytes(lock), CURVE, false, []);
  const mine = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = await subtle.exportKey("raw", mine.publicKey);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256);
  const key = await subtle.digest("SHA-256", await joined(shared, point));
  return toText(new Uint8Array(await joined(point, seal(new Uint8Array(key), whose, text))));
}

const joined = (...parts) => new Blob(parts).arrayBuffer();
