import { storedLength } from '../text.ts';

const MAX_NOTES = 200;
const MAX_BYTES = 8 * 1024 * 1024;

/** Cuts notes into batches, in their order: at most 200 notes and 8 MiB of JSON each, so that a commit holds them. */
export function batchesOf<Note extends { readonly text: string }>(notes: readonly Note[]): Note[][] {
  const batches: Note[][] = [];
  let bytes = 0;
  for (const note of notes) {
    const size = storedLength(note.text);
    const batch = batches.at(-1);
    const fits = batch && batch.length < MAX_NOTES && bytes + size <= MAX_BYTES;
    if (fits) batch.push(note);
    else batches.push([note]);
    bytes = fits ? bytes + size : size;
  }
  return batches;
}
