import { type ObjectStore, WriteConflictError } from '@live-mem/core';
import type { Actor } from '../exploring/actor.ts';
import { createDirectStore } from '../exploring/asking-store.ts';
import type { Scenario } from '../exploring/explore.ts';
import { audit } from '../judging/audit.ts';
import { all, type Check, changesOnce, mayFailWith, occurrences, succeed } from '../judging/checks.ts';
import { toldBy } from '../judging/the-log.ts';
import { baseOf, consolidating, discarding, undoer, writer } from './parts.ts';

function creator(name: string): Actor {
  return {
    name,
    cold: true,
    does: ({ memory }) => memory.spaces.create({ space: 'alpha', actor: name, rules: `# Rules of ${name}\n` }),
  };
}

const oneCreated: Check = ({ snapshot, outcomes, atEnd }) => {
  const created = [...outcomes].filter(
    ([, ended]) => 'value' in ended && (ended.value as { status: string }).status === 'created',
  );
  const { commits } = toldBy(snapshot);
  if (created.length > 1) return 'both were told that they created it';
  if (atEnd && created.length === 0) return 'none was told that it created it';
  const [by] = created;
  return by && commits[0]?.actor !== by[0] ? `${by[0]} was told that it created it` : undefined;
};

export const twoCreate: Scenario = {
  name: 'two that create one space',
  base: createDirectStore().now(),
  actors: [creator('A'), creator('B')],
  check: all(succeed('A', 'B'), oneCreated),
  audit,
};

const text = 'secret of the first life';

/** Deletes the space in short: the commit, then notes and documents. */
async function deleteSpace(store: ObjectStore): Promise<void> {
  for (let done = false; !done; ) {
    const commits = await keysOf(store, 'alpha/_commits/');
    const head = JSON.parse((await store.get(commits.at(-1) ?? ''))?.body ?? '') as { n: number };
    const n = head.n + 1;
    const commit = {
      ...head,
      n,
      kind: 'delete_space',
      actor: 'D',
      op: `delete ${n}`,
      rests_on: {},
      docs: {},
      consumed: [],
      restored: [],
      bank: {},
      recent: {},
    };
    const key = `alpha/_commits/${String(n).padStart(10, '0')}.json`;
    done = await store.put(key, JSON.stringify(commit), { absent: true }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof WriteConflictError) return false;
        throw error;
      },
    );
  }
  const objects = await keysOf(store, 'alpha/');
  for (const key of objects.filter((one) => /\/(?:live|bank)\//.test(one))) await store.delete(key);
}

async function keysOf(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const entry of store.list(prefix)) if ('key' in entry) keys.push(entry.key);
  return keys;
}

/** Deletes the space, and another owner takes its name. */
const secondLife: Actor = {
  name: 'D',
  async does({ memory, store }) {
    await deleteSpace(store);
    await memory.spaces.create({ space: 'alpha', actor: 'E', rules: '# Second\n' });
  },
};

/** Nothing of the first life is in the second, be it as a note or in the bank. */
const nothingLeaks: Check = ({ snapshot }) => {
  const { commits, docs, live } = toldBy(snapshot);
  if (!commits.some(({ actor }) => actor === 'E')) return undefined;
  const leaked = occurrences([...docs.values(), ...live.values()], text);
  return leaked === 0 ? undefined : 'the second life shows a text of the first';
};

/** A note that is live, and one that was discarded by commit 3. */
const lifeBase = await baseOf(async ({ memory }) => {
  const note = { space: 'alpha', agent: 'base', category: 'todo', content: text } as const;
  await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'x\n', actor: 'base' });
  await memory.notes.write(note);
  await memory.bank.consolidate({ space: 'alpha', actor: 'base' });
  await memory.notes.write(note);
}, discarding);

export const lateNote: Scenario = {
  name: 'a note written while its space is deleted and made again',
  base: lifeBase,
  actors: [
    {
      name: 'N',
      does: ({ memory }) => memory.notes.write({ space: 'alpha', agent: 'N', category: 'todo', content: text }),
    },
    secondLife,
  ],
  check: all(succeed('D'), nothingLeaks),
};

export const lateDocument: Scenario = {
  ...lateNote,
  name: 'a document written while its space is deleted and made again',
  actors: [writer('A', 'x.md', text), secondLife],
  // A change that was about to be made in the first life is not made in the second.
  remember(seen, { actor, step, before }) {
    const tried = actor?.name === 'A' && step.request.op === 'put' && step.request.key.includes('/_commits/');
    return tried && !toldBy(before).commits.some((commit) => commit.actor === 'E') ? 'tried' : seen;
  },
  check: all(succeed('D'), mayFailWith('A', 'SPACE_NOT_FOUND'), changesOnce('A'), (view) =>
    view.seen === 'tried' ? nothingLeaks(view) : undefined,
  ),
  audit,
};

export const lateConsolidation: Scenario = {
  ...lateNote,
  name: 'a consolidation while its space is deleted and made again',
  actors: [consolidating('C', 'x.md'), secondLife],
  check: all(succeed('D'), mayFailWith('C', 'SPACE_NOT_FOUND'), nothingLeaks),
};

export const lateUndo: Scenario = {
  ...lateNote,
  name: 'an undo while its space is deleted and made again',
  actors: [undoer('U', 3), secondLife],
  check: all(succeed('D'), mayFailWith('U', 'SPACE_NOT_FOUND', 'UNDO_CONFLICT', 'COMMIT_NOT_FOUND'), nothingLeaks),
};
