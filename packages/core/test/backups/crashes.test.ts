import { describe, expect, it } from '@jest/globals';
import type { LiveMemory } from '@live-mem/core';
import { runUntil } from '../log/crashing/crash.ts';
import { createDirectStore } from '../log/exploring/asking-store.ts';
import { memoryOver } from '../log/exploring/run.ts';
import { type Snapshot, snapshotOf } from '../log/exploring/snapshot.ts';
import { appendTo, baseOf } from '../log/scenarios/parts.ts';

const BACKUP = 'alpha/2025-05-05T05-05-05';

interface Case {
  readonly base: Snapshot;
  readonly does: (memory: LiveMemory) => Promise<unknown>;
  /** What must hold wherever the process died, and after another one did it again. */
  readonly holds: (memory: LiveMemory, now: () => Snapshot) => Promise<void>;
}

function leftBy({ base, does }: Case, last: number, side: 'before' | 'after'): ReturnType<typeof runUntil> {
  return runUntil({ base, does: ({ memory }) => does(memory), consolidator: appendTo('notes.md') }, last, side);
}

/** A document, a consumed note and a live one. */
const filled = await baseOf(async ({ memory }) => {
  await memory.notes.write({ space: 'alpha', agent: 'base', category: 'todo', content: 'fact one' });
  await memory.bank.consolidate({ space: 'alpha', actor: 'base' });
  await memory.notes.write({ space: 'alpha', agent: 'base', category: 'todo', content: 'fact two' });
});

async function after(base: Snapshot, does: (memory: LiveMemory) => Promise<unknown>): Promise<Snapshot> {
  const { store, now } = createDirectStore(base);
  await does(memoryOver(store, 'd', appendTo('notes.md')));
  return now();
}

let backup = BACKUP;
const backedUp = await after(filled, async (memory) => {
  ({ backup } = await memory.backups.create({ space: 'alpha' }));
});
const deleted = await after(backedUp, (memory) => memory.spaces.delete({ space: 'alpha' }));
/** Whoever deleted the space died after the commit: its objects are all there, and a late edit by hand. */
const halfDeleted = snapshotOf(
  new Map([
    ...backedUp.objects,
    ...[...deleted.objects].filter(([key]) => key.startsWith('alpha/_commits/')),
    ['alpha/bank/late.md', 'late\n'],
    ['alpha/_meta.json', '{"creator_token_hash":"of the first"}'],
  ]),
);

async function expectWhole(memory: LiveMemory, space = 'alpha'): Promise<void> {
  const { documents } = await memory.bank.readAll({ space });
  const { notes } = await memory.notes.read({ space });
  expect(documents.map(({ filename, content }) => [filename, content])).toEqual([['notes.md', '- fact one\n']]);
  expect(notes.map(({ content }) => content)).toEqual(['fact two']);
}

const cases: Readonly<Record<string, Case>> = {
  'taking a backup': {
    base: filled,
    does: (memory) => memory.backups.create({ space: 'alpha' }),
    async holds(memory) {
      const { backups } = await memory.backups.list();
      for (const one of backups.filter(({ complete }) => complete))
        expect(await memory.backups.verify({ backup: one.backup })).toMatchObject({ ok: true, files: 4 });
      expect(backups.filter(({ complete }) => complete).length).toBeGreaterThanOrEqual(1);
      await expectWhole(memory);
    },
  },
  'deleting a backup': {
    base: backedUp,
    does: (memory) => memory.backups.delete({ backup }),
    async holds(_, now) {
      expect([...now().objects.keys()].filter((key) => key.startsWith('_backups/'))).toEqual([]);
    },
  },
  'restoring a backup into an id that was deleted': {
    base: deleted,
    does: (memory) => memory.backups.restore({ backup }),
    holds: (memory) => expectWhole(memory),
  },
  'restoring a backup where a deletion was broken off': {
    base: halfDeleted,
    does: (memory) => memory.backups.restore({ backup }),
    async holds(memory, now) {
      await expectWhole(memory);
      expect(now().objects.get('alpha/_meta.json')).not.toContain('of the first');
    },
  },
  'restoring a backup as another space': {
    base: backedUp,
    does: (memory) => memory.backups.restore({ backup, as: 'beta' }),
    holds: (memory) => expectWhole(memory, 'beta'),
  },
  'deleting a space': {
    base: backedUp,
    does: (memory) => memory.spaces.delete({ space: 'alpha' }),
    async holds(memory, now) {
      await expect(memory.spaces.info({ space: 'alpha' })).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
      const left = [...now().objects].filter(([key]) => key.startsWith('alpha/'));
      expect(left.filter(([key]) => !key.startsWith('alpha/_commits/'))).toEqual([]);
      expect(left.map(([, body]) => body).join('')).not.toMatch(/fact (?:one|two)/);
    },
  },
  'creating a space anew': {
    base: deleted,
    does: (memory) => memory.spaces.create({ space: 'alpha', rules: '# Second\n' }),
    async holds(memory) {
      const { documents, rules, live } = await memory.spaces.summary({ space: 'alpha' });
      expect([documents, rules, live.count]).toEqual([[], '# Second\n', 0]);
    },
  },
};

describe('a process that dies before or after any request of', () => {
  it.each(Object.entries(cases))(
    '%s: another one finishes it',
    async (_, useCase) => {
      const { made } = await leftBy(useCase, Number.POSITIVE_INFINITY, 'before');
      expect(made.length).toBeGreaterThanOrEqual(4);
      for (let last = 1; last <= made.length; last++) {
        for (const side of ['before', 'after'] as const) {
          const { left } = await leftBy(useCase, last, side);
          const { store, now } = createDirectStore(left);
          const again = memoryOver(store, 'b', appendTo('notes.md'));
          const code = await useCase.does(again).then(
            () => 'done',
            (error: { code: string }) => error.code,
          );
          expect(['done', 'SPACE_NOT_FOUND', 'BACKUP_NOT_FOUND']).toContain(code);
          await useCase.holds(memoryOver(store, 'c'), now);
        }
      }
    },
    60_000,
  );

  it('a restore: the space is there whole, or not at all', async () => {
    const useCase = cases['restoring a backup into an id that was deleted'];
    if (!useCase) throw new Error('no such case');
    const { made } = await leftBy(useCase, Number.POSITIVE_INFINITY, 'before');
    const whole: boolean[] = [];
    for (let last = 1; last <= made.length; last++) {
      const { left } = await leftBy(useCase, last, 'after');
      const memory = memoryOver(createDirectStore(left).store, 'c');
      const exists = await memory.spaces.info({ space: 'alpha' }).then(
        () => true,
        () => false,
      );
      if (exists) await expectWhole(memory);
      whole.push(exists);
    }
    expect(new Set(whole)).toEqual(new Set([false, true]));
  });
});
