import type { LiveMemory, SpaceFile } from '@live-mem/core';

/** All that a space shows: its documents by their names, rules, synthesis, and its live notes. */
export async function textsOf(memory: LiveMemory, id = 'alpha'): Promise<Record<string, string>> {
  const { documents, rules, synthesis = '' } = await memory.spaces.summary({ space: id });
  const { notes } = await memory.notes.read({ space: id });
  const docs = documents.map(({ filename, content }) => [filename, content] as const);
  return {
    ...Object.fromEntries(docs),
    rules,
    synthesis,
    // Within one second the names of notes decide, and those are new after a restore.
    notes: notes
      .map(({ agent, timestamp, content }) => `${agent} ${timestamp} ${content}`)
      .toSorted()
      .join('\n'),
  };
}

/** Path → text. */
export async function collected(files: AsyncIterable<SpaceFile>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { path, text } of files) found.set(path, text);
  return found;
}
