const INVISIBLE = /[\u00AD\u200B\u2060\u202A-\u202E\u2066-\u2069\uFEFF]/g;
const BREAKS = /[\s\p{Cc}\u2028\u2029]+/gu;
const MARKS = /[\\`*{}[\]()<>#!|~&,:]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** A name on one line, without what is not seen. */
function oneLine(name: string): string {
  return name.replace(INVISIBLE, '').replace(BREAKS, ' ').trim();
}

/** A name as inline Markdown that means nothing but itself. */
export function escapeName(name: string): string {
  return oneLine(name).replace(MARKS, '\\$&');
}

/** The name that {@link escapeName} was given, on one line. */
export function unescapeName(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Cuts at the last word that fits, and says so with an ellipsis. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length - 1);
  const space = text.charAt(length - 1) === ' ' ? length - 1 : head.lastIndexOf(' ');
  const kept = space > length / 2 ? head.slice(0, space) : head.replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.replace(/[\s,;:.–—-]+$/, '')}…`;
}
