/**
 * Compares texts as their bytes of UTF-8 do, which is how S3 sorts keys. JavaScript's `<` compares UTF-16 units and differs
 * where a character beyond U+FFFF (units D800 to DFFF) meets one from U+E000 on.
 */
export function compareBytes(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates come after every other unit: what they encode is above U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
