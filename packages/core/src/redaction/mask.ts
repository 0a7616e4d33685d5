import { utf8Length } from '../text.ts';

/** Takes one secret out of texts. */
export interface Mask {
  /**
   * The text with a `*` for every byte of the secret, line ends left; so that sizes and places of all else stay what they were. Also where
   * the secret is written as in JSON.
   */
  readonly clean: (text: string) => string;
  readonly finds: (text: string) => boolean;
}

/** @param secret taken literally; holds more than stars and white space */
export function createMask(secret: string): Mask {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const forms = [...new Set([secret, inJson, inAscii(inJson)])];
  const finds = (text: string): boolean => forms.some((form) => text.includes(form));
  function clean(text: string): string {
    let cleaned = text;
    // The stars may complete a secret that has stars itself. Every round leaves more of them, so it ends.
    while (finds(cleaned)) for (const form of forms) cleaned = starred(cleaned, form);
    return cleaned;
  }
  return { clean, finds };
}

/** As JSON writers do that keep to ASCII. */
function inAscii(json: string): string {
  return json.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Where it stands twice and both overlap, all of both goes. */
function starred(text: string, form: string): string {
  const pieces: string[] = [];
  let done = 0;
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    const [from, to] = [Math.max(at, done), at + form.length];
    pieces.push(text.slice(done, from), starsFor(text.slice(from, to)));
    done = to;
  }
  return pieces.join('') + text.slice(done);
}

function starsFor(text: string): string {
  return text.replaceAll(/[^\r\n]/gu, (char) => '*'.repeat(utf8Length(char)));
}
