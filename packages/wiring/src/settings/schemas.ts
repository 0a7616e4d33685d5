import { z } from 'zod';
import { Secret } from './secret.ts';

/** An address of the web that holds no user and password. */
export const webAddress = z.url({ protocol: /^https?$/ }).refine((text) => !text.includes('@'));

/** A number in digits, within limits that belong to it. */
export const numberBetween = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

/** A whole number in digits, within limits that belong to it. */
export const wholeNumberBetween = (least: number, most: number) =>
  z.string().regex(/^\d+$/).pipe(numberBetween(least, most));

/** Anything without a space. */
export const word = z.string().regex(/^\S+$/);

/** As it can be sent in a header: printable ASCII without a space. */
export const asciiWord = z.string().regex(/^[\x21-\x7e]+$/);

/** From here on it is not seen. */
export const hidden = (text: string): Secret => new Secret(text);
