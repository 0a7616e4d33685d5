import { createTwoFilesPatch, formatPatch, type StructuredPatch, type StructuredPatchHunk } from 'diff';

/** Beyond so many changed lines, looking for those that stayed takes seconds: then all are given as changed. */
const MAX_EDIT_LENGTH = 2_000;
const HEADERS = { includeIndex: false, includeUnderline: false, includeFileHeaders: true };

/** How a document differs, as a unified diff. Null: absent. */
export function documentPatch(name: string, before: string | null, after: string | null): string {
  const [from, to] = [before === null ? '/dev/null' : `a/${name}`, after === null ? '/dev/null' : `b/${name}`];
  const [old, now] = [before ?? '', after ?? ''];
  const options = { headerOptions: HEADERS, maxEditLength: MAX_EDIT_LENGTH };
  const patch = createTwoFilesPatch(from, to, old, now, undefined, undefined, options);
  return patch ?? formatPatch({ ...headers(from, to), hunks: [wholeHunk(old, now)] }, HEADERS);
}

function headers(oldFileName: string, newFileName: string): Omit<StructuredPatch, 'hunks'> {
  return { oldFileName, newFileName, oldHeader: undefined, newHeader: undefined };
}

/** All of one text out, all of the other in. */
function wholeHunk(before: string, after: string): StructuredPatchHunk {
  const [old, now] = [linesOf(before, '-'), linesOf(after, '+')];
  const counted = { oldStart: 1, newStart: 1, oldLines: old.count, newLines: now.count };
  return { ...counted, lines: [...old.lines, ...now.lines] };
}

function linesOf(text: string, mark: '-' | '+'): { readonly count: number; readonly lines: string[] } {
  const lines = text.split('\n');
  const isEnded = lines.at(-1) === '';
  if (isEnded) lines.pop();
  const marked = lines.map((line) => mark + line);
  return { count: lines.length, lines: isEnded ? marked : [...marked, '\\ No newline at end of file'] };
}
