import { lineEndOf } from './blank-lines.ts';
import { headingsIfClosed } from './headings.ts';
import type { Section } from './sections.ts';

/** A document as its editor read it: edits are meant against this, whatever other edits do. */
export interface Reading {
  readonly text: string;
  readonly sections: readonly Section[];
  /** The line end used most. */
  readonly lineEnd: string;
  /** Whether the document ends inside a code fence, a comment or an HTML block, where no text can be added. */
  readonly endsOpen: () => boolean;
}

/** Gathers what edits need to know of a text and its sections. */
export function createReading(text: string, sections: readonly Section[]): Reading {
  let open: boolean | undefined;
  return {
    text,
    sections,
    lineEnd: lineEndOf(text),
    endsOpen() {
      open ??= headingsIfClosed(`${text.slice(sections.at(-1)?.start ?? 0)}\n\n`) === undefined;
      return open;
    },
  };
}
