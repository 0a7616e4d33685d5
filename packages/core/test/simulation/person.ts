import type { Call } from './call.ts';
import type { Oracle } from './oracle.ts';
import type { World } from './world.ts';

/** A document that nobody but this person writes to. */
const filename = 'person.md';

/** Somebody with an editor, who saves a document past the memory. */
export interface Person {
  readonly save: () => string;
  /** Looks whether the log holds what was saved: trimming takes it out again. */
  readonly watch: () => void;
  /** A look at what was saved last, when nothing fails: then it counts. */
  readonly look: () => Call;
}

/** Has saved nothing yet. */
export function createPerson(world: World, oracle: Oracle): Person {
  let saved: string | undefined;
  const kept = new Set<string | null>();
  const path = `bank/${filename}`;
  function watch(): void {
    for (const { docs } of oracle.told().commits) kept.add(docs[path]?.after ?? null);
  }
  return {
    watch,
    save() {
      saved = `# Saved by hand\n\n${oracle.number()}\n`;
      world.objects.set(`alpha/bank/${filename}`, { body: saved, modifiedAt: world.time });
      world.writes += 1;
      return filename;
    },
    look: () => ({
      name: `read ${filename}`,
      run: (memory) => memory.bank.read({ space: 'alpha', filename }),
      may: ['DOCUMENT_NOT_FOUND'],
      ended() {
        watch();
        // Somebody may have undone it since: it was in the log all the same.
        const isKept = saved !== undefined && kept.has(saved);
        // Known: no store deletes under a condition, so what is saved between a look and a deletion is gone.
        const isDeleted = world.deleted.get(`alpha/bank/${filename}`) === saved;
        if (saved !== undefined && !isKept && !isDeleted)
          oracle.violate(`${filename} was saved as ${JSON.stringify(saved)}, and is lost`);
      },
    }),
  };
}
