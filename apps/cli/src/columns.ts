import { padded, textWidth, wrap } from './text-width.ts';

const GAP = 2;
const LEAST = 20;

/**
 * A table under its head. Where the screen is too narrow for its columns, each row stands by itself: the first cell, then the others
 * under their names. Nothing is cut: names and hashes are there to be copied.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const all = head.length > 0 ? [head, ...rows] : rows;
  if (head.length === 0 || widthBefore(all) + LEAST <= width) return columns(all, width);
  return rows.map((row) => stacked(head, row, width)).join('\n');
}

function stacked(head: readonly string[], [first = '', ...cells]: readonly string[], width: number): string {
  const told = cells.flatMap((cell, at) => (cell === '' ? [] : [['', head[at + 1] ?? '', cell]]));
  return [first, columns(told, width)].filter((text) => text !== '').join('\n');
}

/** Characters in front of the last column. */
function widthBefore(rows: readonly (readonly string[])[]): number {
  return widthsOf(rows)
    .slice(0, -1)
    .reduce((sum, one) => sum + one + GAP, 0);
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, at) => Math.max(...rows.map((row) => textWidth(row[at] ?? ''))));
}

/** Lays rows out in columns; the last column is broken into lines where it is too wide. */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  const widths = widthsOf(rows);
  const room = Math.max(LEAST, width - widthBefore(rows));
  return rows.map((row) => layOut(row, widths, room)).join('\n');
}

function layOut(row: readonly string[], widths: readonly number[], room: number): string {
  const first = row.slice(0, widths.length - 1).map((cell, at) => padded(cell, (widths[at] ?? 0) + GAP));
  const [head = '', ...more] = wrap(row[widths.length - 1] ?? '', room);
  const margin = ' '.repeat(widths.slice(0, -1).reduce((sum, one) => sum + one + GAP, 0));
  return [first.join('') + head, ...more.map((line) => margin + line)].map((line) => line.trimEnd()).join('\n');
}
