import { describe, expect, it } from '@jest/globals';
import { type LiveMemory, type ObjectStore } from '@live-mem/core';
import { createDirectStore } from '../log/exploring/asking-store.ts';
import { memoryOver } from '../log/exploring/run.ts';
import { audit } from '../log/judging/audit.ts';
import { appendingConsolidator } from '../open-memory.ts';
import { holding, objectsOf } from './objects.ts';
import { alpha, SECRET, withSecret } from './with-secret.ts';

describe('a redaction', () => {
  const works: [string, (memory: LiveMemory, n: number) => Promise<unknown>][] = [
    [
      'writes it again',
      (memory, n) => memory.bank.write({ ...alpha, filename: 'new.md', content: `${n} ${SECRET}\n` }),
    ],
    // Refused while the redaction stands between, and the past is not changed yet.
    ['undoes a change', (memory) => memory.bank.undo({ ...alpha, commit: 3 }).catch(() => undefined)],
    ['consolidates', (memory) => memory.bank.consolidate(alpha)],
    ['throws notes away', (memory) => memory.notes.gc({ ...alpha, mode: 'delete', maxAgeDays: 0 })],
    ['deletes a document', (memory) => memory.bank.delete({ ...alpha, filename: 'a.md' })],
    ['takes a secret out too', (memory) => memory.spaces.redact({ ...alpha, text: SECRET })],
    ['reads', (memory) => memory.spaces.summary({ space: 'alpha' })],
  ];
  it.each(works)(
    'during which somebody %s tells whatever is left, and the log stays consistent',
    async (_, work) => {
      const whole = await objectsOf((await withSecret()).store);
      for (let request = 1; request < 75; request += 5) {
        const { store, now } = createDirectStore(whole);
        const other = memoryOver(store, 'b', appendingConsolidator);
        await other.spaces.summary({ space: 'alpha' });
        const { racing, isLate } = atRequest(store, request, () => work(other, request));
        const redaction = { ...alpha, text: SECRET };
        const told = await memoryOver(racing, 'c', appendingConsolidator).spaces.redact(redaction);
        // What is written when all is done, while it is looked through once more, may be missed.
        const left = isLate() ? told.left : holding(now(), SECRET);
        expect(told.left?.toSorted()).toEqual(left?.toSorted());
        expect(await audit(now())).toBeUndefined();
        expect(await memoryOver(store, 'd').spaces.redact(redaction)).toMatchObject({ left: [] });
        expect(holding(now(), SECRET)).toEqual([]);
        expect(await audit(now())).toBeUndefined();
      }
    },
    60_000,
  );
});

/** Does something else once, before the how many-th request that is made; `isLate`: nothing was written after that. */
function atRequest(store: ObjectStore, at: number, work: () => Promise<unknown>) {
  let [made, isLate] = [0, true];
  const turn = async (): Promise<void> => {
    if (++made === at) await work();
  };
  const racing: ObjectStore = {
    ...store,
    get: async (key) => turn().then(() => store.get(key)),
    getMany: async (keys) => turn().then(() => store.getMany(keys)),
    put: async (...request) => {
      await turn();
      isLate &&= made < at;
      return store.put(...request);
    },
  };
  return { racing, isLate: () => isLate };
}
