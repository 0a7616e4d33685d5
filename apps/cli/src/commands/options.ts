import { CommandError } from '../command-error.ts';

/** Reads a whole number. @param name of the option or argument, as the user knows it */
export function wholeNumber(name: string): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text)) return Number(text);
    throw new CommandError(
      'USAGE',
      `${name}: ${JSON.stringify(text)} is no whole number of at most 9 digits; see --help`,
    );
  };
}

/** Gathers an option that may be given several times. */
export function several(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Words separated by commas. */
export function commaList(text: string): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** The last part of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

// The core has these lists too; help is shown without loading it.

/** What a note may be about, as help tells it. */
export const categoryWords = 'observation, decision, todo, insight, question, progress or issue';
/** What a token may do, as help tells it. */
export const permissionWords = 'read, write, manage, admin';
