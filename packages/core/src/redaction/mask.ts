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

/** @param secret taken literally */
export function createMask(secret: string): Mask {
  const forms = [...new Set([secret, JSON.stringify(secret).slice(1, -1)])];
  const stars = forms.map((form) => [form, starsFor(form)] as const);
  return {
    clean: (text) => stars.reduce((cleaned, [form, instead]) => cleaned.replaceAll(form, () => instead), text),
    finds: (text) => forms.some((form) => text.includes(form)),
  };
}

function starsFor(form: string): string {
  return form.replaceAll(/[^\r\n]/gu, (char) => '*'.repeat(utf8Length(char)));
}
