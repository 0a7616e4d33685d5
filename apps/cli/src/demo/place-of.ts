import { readSections } from '@live-mem/core';

interface Document {
  readonly filename: string;
  readonly content: string;
}

/** The document and heading where the bank cites a note: entries name their note by the end of its file name. */
export function placeOf(note: string, documents: readonly Document[]): string | undefined {
  const [, citation] = /_([a-z]+_[0-9a-f]{8})\.md$/.exec(note) ?? [];
  if (citation === undefined) return undefined;
  for (const { filename, content } of documents) {
    const at = content.indexOf(`\`${citation}\``);
    if (at >= 0) return [filename, headingAt(content, at)].filter(Boolean).join(' › ');
  }
  return undefined;
}

function headingAt(content: string, at: number): string | undefined {
  const around = readSections(content, () => '').filter(({ start, end }) => start <= at && at < end);
  return around.at(-1)?.heading;
}
