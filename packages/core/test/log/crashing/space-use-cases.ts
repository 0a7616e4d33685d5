import { REGISTRY_KEY } from '../../../src/tokens/registry.ts';
import { createDirectStore } from '../exploring/asking-store.ts';
import { memoryOver } from '../exploring/run.ts';
import type { Snapshot } from '../exploring/snapshot.ts';
import { occurrences } from '../judging/checks.ts';
import type { Told } from '../judging/the-log.ts';
import { appendTo, baseOf } from '../scenarios/parts.ts';
import type { UseCase } from './crash.ts';

const space = 'alpha';
const alpha = { space, actor: 'A' };
const secret = 'secret of the first life';
/** As another program writes it: it bears no life. */
const bareNote = `---\ntimestamp: "2026-01-02T03:04:05+00:00"\nagent: "p"\ncategory: "todo"\ntags: []\nspace_id: "alpha"\n---\n\n${secret}`;

let creator = '';

/** Documents, notes live, consumed and brought back, a request; a token that enters it, and one that enters nothing. */
const lived = await baseOf(async ({ memory, store }) => {
  const note = { space, agent: 'base', category: 'todo', content: secret } as const;
  await store.put('alpha/live/20260102T030405_p_todo_0a1b2c3d.md', bareNote);
  await memory.bank.consolidate({ space, actor: 'base' });
  await memory.bank.undo({ space, actor: 'base', commit: 2 });
  await memory.notes.write({ ...note, requestId: 'one' });
  await memory.tokens.create({ name: 'old', permissions: ['write'], spaces: [space] });
  ({ hash: creator } = await memory.tokens.create({ name: 'new', permissions: ['write'], spaces: [] }));
}, appendTo('x.md'));

export const deleteSpace: UseCase = {
  name: 'the deletion of a space',
  base: lived,
  does: ({ memory }) => memory.spaces.delete(alpha),
  again: ({ memory }) => memory.spaces.delete(alpha),
  judge: (told, again, left) => nothingLeft(told, left) ?? ended(again) ?? enters(left),
};

/** The same space after its deletion died right after the commit: all its objects are there, and its log has all texts. */
const halfDeleted = await after(lived, async ({ memory, store }) => {
  const objects = await Promise.all([...lived.objects].map(async ([key]) => [key, await store.get(key)] as const));
  await memory.spaces.delete(alpha);
  for (const [key, stored] of objects) if (key !== REGISTRY_KEY) await store.put(key, stored?.body ?? '');
});

export const deleteSpaceAgain: UseCase = {
  ...deleteSpace,
  name: 'the deletion of a space that somebody began',
  base: halfDeleted,
  // The tokens were asked before the commit, which is there.
  judge: (told, again, left) => nothingLeft(told, left) ?? ended(again),
};

export const createSecondLife: UseCase = {
  name: 'a space under an id that was deleted',
  base: halfDeleted,
  does: ({ memory }) => memory.spaces.create({ ...alpha, rules: '# Second\n', creator }),
  again: ({ memory }) => memory.spaces.create({ ...alpha, rules: '# Second\n', creator }),
  judge: (told, _, left) => begun(told, left) ?? enters(left, 'new'),
};

export const createForToken: UseCase = {
  ...createSecondLife,
  name: 'a space, by a token',
  base: await withoutSpace(),
};

export const describeSpace: UseCase = {
  name: 'what is said of a space',
  base: lived,
  does: ({ memory }) => memory.spaces.update({ space, description: 'about' }),
  again: ({ memory }) => memory.spaces.update({ space, description: 'about' }),
  judge: (_, __, { objects }) =>
    objects.get('alpha/_meta.json')?.includes('"description": "about"') ? undefined : 'it is not said',
};

export const updateRules: UseCase = {
  name: 'other rules',
  base: lived,
  does: ({ memory }) => memory.spaces.updateRules({ ...alpha, rules: '# Other\n' }),
  again: ({ memory }) => memory.spaces.updateRules({ ...alpha, rules: '# Other\n' }),
  judge: ({ docs, commits }) =>
    docs.get('_rules.md') === '# Other\n' && commits.filter(({ actor }) => actor === 'A').length === 1
      ? undefined
      : 'the rules are not changed once',
};

async function after(base: Snapshot, does: UseCase['does']): Promise<Snapshot> {
  const { store, now } = createDirectStore(base);
  await does({ memory: memoryOver(store, 'd'), store });
  return now();
}

/** Tokens alone, both of which have the id on their lists. */
async function withoutSpace(): Promise<Snapshot> {
  const { store, now } = createDirectStore();
  await store.put(REGISTRY_KEY, lived.objects.get(REGISTRY_KEY) ?? '');
  return now();
}

/** Nothing under the id but commits without texts, and the one that ended it, once. */
function nothingLeft({ commits, exists }: Told, { objects }: Snapshot): string | undefined {
  if (exists) return 'the space is there';
  const left = [...objects.keys()].filter((key) => key.startsWith('alpha/') && !key.startsWith('alpha/_commits/'));
  if (left.length > 0) return `${left.join()} is left`;
  if (commits.filter(({ kind }) => kind === 'delete_space').length !== 1) return 'it did not end once';
  return occurrences([...objects.values()], secret) === 0 ? undefined : 'a text is left in the log';
}

/** Whoever runs it again is told how much there was to do, or that it was done. */
function ended(again: unknown): string | undefined {
  const isDone = again instanceof Error && 'code' in again && again.code === 'SPACE_NOT_FOUND';
  const isTold = typeof again === 'object' && again !== null && 'filesDeleted' in again;
  return isDone || isTold ? undefined : `it says ${String(again)}`;
}

/** One life more, empty, with its own rules and creator. */
function begun({ commits, docs, live, exists }: Told, { objects }: Snapshot): string | undefined {
  const made = commits.filter(({ kind, actor }) => kind === 'create' && actor === 'A').length;
  if (!exists || made !== 1) return `it was created ${made} times`;
  if (live.size > 0 || docs.size !== 1 || docs.get('_rules.md') !== '# Second\n') return 'it is not empty';
  const meta = JSON.parse(objects.get('alpha/_meta.json') ?? '{}') as Record<string, unknown>;
  return meta['creator_token_hash'] === creator ? undefined : '_meta.json does not name its creator';
}

/** Who has the id on its list. */
function enters({ objects }: Snapshot, ...names: readonly string[]): string | undefined {
  const registry = JSON.parse(objects.get(REGISTRY_KEY) ?? '') as { tokens: { name: string; space_ids: string[] }[] };
  const found = registry.tokens.filter(({ space_ids }) => space_ids.includes(space)).map(({ name }) => name);
  return found.join() === names.join() ? undefined : `${found.join(' and ') || 'nobody'} may enter it`;
}
