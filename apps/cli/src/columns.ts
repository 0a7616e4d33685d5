import { padded, textWidth, wrap } from './text-width.ts';

const GAP = 2;
const LEAST = 20;

/** Lays rows out in columns; the last column is broken into lines where it is too wide. */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) => Math.max(...rows.map((row) => textWidth(row[at] ?? ''))));
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + GAP, 0);
  const room = Math.max(LEAST, width - before);
  return rows.map((row) => layOut(row, widths, room)).join('\n');
}

function layOut(row: readonly string[], widths: readonly number[], room: number): string {
  const first = row.slice(0, widths.length - 1).map((cell, at) => padded(cell, (widths[at] ?? 0) + GAP));
  const [head = '', ...more] = wrap(row[widths.length - 1] ?? '', room);
  const margin = ' '.repeat(widths.slice(0, -1).reduce((sum, one) => sum + one + GAP, 0));
  return [first.join('') + head, ...more.map((line) => margin + line)].map((line) => line.trimEnd()).join('\n');
}
