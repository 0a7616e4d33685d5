import { utf8Length } from '../text.ts';

/** Takes one secret out of texts. */
export interface Mask {
  /**
   * The text with a `*` for every byte of the secret, line ends left; so that sizes and places of all else stay what they were. Also where
   * the secret is written as in JSON, with the escapes of Markdown, or cut short: at least 8 characters of its beginning, then dots.
   */
  readonly clean: (text: string) => string;
  readonly finds: (text: string) => boolean;
}

/** Characters that a beginning of the secret has at least, where what follows was cut off. */
const LEAST_BEGINNING = 8;
const CUT = /^[\s,;:.–—-]*(?:…|\.\.\.)/;

/** @param secret taken literally; holds more than stars and white space */
export function createMask(secret: string): Mask {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const forms = [...new Set([secret, inJson, inAscii(inJson)])];
  const inMarkdown = new RegExp(escapable(secret), 'g');
  const placesIn = (text: string): Place[] => [
    ...forms.flatMap((form) => placesOf(text, form)),
    ...[...text.matchAll(inMarkdown)].map(({ 0: found, index }): Place => [index, index + found.length]),
    ...beginnings(text, secret),
  ];
  function clean(text: string): string {
    let cleaned = text;
    // The stars may complete a secret that has stars itself. Every round leaves more of them, so it ends.
    for (let places = placesIn(cleaned); places.length > 0; places = placesIn(cleaned))
      cleaned = starred(cleaned, places);
    return cleaned;
  }
  return { clean, finds: (text) => placesIn(text).length > 0 };
}

/** `[start, end)` in UTF-16 units. */
type Place = readonly [start: number, end: number];

function placesOf(text: string, form: string): Place[] {
  const places: Place[] = [];
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) places.push([at, at + form.length]);
  return places;
}

/** As Markdown writers do, each of which escapes what it thinks it must. */
function escapable(secret: string): string {
  return secret.replaceAll(/[!-/:-@[-`{-~]/g, (mark) => `\\\\?\\${mark}`);
}

/** A summary may have cut it short: a beginning of it, and then dots. */
function beginnings(text: string, secret: string): Place[] {
  const first = secret.slice(0, LEAST_BEGINNING);
  if (secret.length <= LEAST_BEGINNING || /^[*\s]*$/.test(first)) return [];
  return placesOf(text, first).flatMap(([start, end]): Place[] => {
    let to = end;
    while (to - start < secret.length && text[to] !== undefined && text[to] === secret[to - start]) to++;
    // Half of a pair is no character.
    if (/[\uD800-\uDBFF]/.test(text[to - 1] ?? '')) to--;
    return CUT.test(text.slice(to, to + 40)) ? [[start, to]] : [];
  });
}

/** As JSON writers do that keep to ASCII. */
function inAscii(json: string): string {
  return json.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Where it stands twice and both overlap, all of both goes. */
function starred(text: string, places: readonly Place[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const [start, end] of places.toSorted((a, b) => a[0] - b[0])) {
    const from = Math.max(start, done);
    if (end <= from) continue;
    pieces.push(text.slice(done, from), starsFor(text.slice(from, end)));
    done = end;
  }
  return pieces.join('') + text.slice(done);
}

function starsFor(text: string): string {
  return text.replaceAll(/[^\r\n]/gu, (char) => '*'.repeat(utf8Length(char)));
}
