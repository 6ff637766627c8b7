// sized("about __n MB", 1234567) is "about 1.2 MB"; what is less than a tenth is said as a tenth.

export function sized(words, bytes) {
  return words.replace("__n", Math.max(bytes / 1e6, 0.1).toFixed(1));
}
