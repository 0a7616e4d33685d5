import { describe, expect, it } from '@jest/globals';
import { type LiveMemory, type ObjectStore, ownerCaller } from '@live-mem/core';
import { runUntil } from '../log/crashing/crash.ts';
import { createDirectStore } from '../log/exploring/asking-store.ts';
import { memoryOver } from '../log/exploring/run.ts';
import type { Snapshot } from '../log/exploring/snapshot.ts';

const owner = ownerCaller('me');

const REGISTRY = '_system/tokens.json';

interface Prepared {
  readonly base: Snapshot;
  /** Of `cline`. */
  readonly hash: string;
  readonly secrets: Readonly<Record<Name, string>>;
  /** The registry when all of them were active: what another program may write back. */
  readonly old: string;
}

type Name = 'cline' | 'other' | 'ended' | 'helper';

/** `ended` is revoked already, `helper` is a badge. */
async function prepared(): Promise<Prepared> {
  const { store, now } = createDirectStore();
  const { spaces, tokens } = memoryOver(store, 'e');
  await spaces.create({ space: 'alpha' });
  const cline = await tokens.create({ name: 'cline', permissions: ['admin'], spaces: ['alpha'] });
  const other = await tokens.create({ name: 'other', permissions: ['read'], spaces: ['alpha'] });
  const ended = await tokens.create({ name: 'ended', permissions: ['admin'], spaces: ['alpha'] });
  const helper = await tokens.mintBadge({ space: 'alpha', agent: 'helper', caller: owner });
  const old = (await store.get(REGISTRY))?.body ?? '';
  await tokens.revoke({ hash: ended.hash });
  const secrets = { cline: cline.token, other: other.token, ended: ended.token, helper: helper.token };
  return { base: now(), hash: cline.hash, secrets, old };
}

/** What a process leaves that dies at its `last` request: just before it takes effect, or just after. */
function leftBy(
  base: Snapshot,
  does: (memory: LiveMemory) => Promise<unknown>,
  { last, side }: { readonly last: number; readonly side: 'before' | 'after' },
): ReturnType<typeof runUntil> {
  return runUntil({ base, does: ({ memory }) => does(memory) }, last, side);
}

interface Case {
  readonly does: (memory: LiveMemory, hash: string) => Promise<unknown>;
  /** After it was done again by another process: names, states, permissions and spaces in the registry. */
  readonly leaves: readonly string[];
  /** Whom it lets in no more, whatever other programs write. */
  readonly ends?: readonly Name[];
}

const stays = ['other active read alpha', 'ended revoked admin alpha'];
const cases: Readonly<Record<string, Case>> = {
  'a creation': {
    does: (memory) => memory.tokens.create({ name: 'new', permissions: ['read'], spaces: ['alpha'] }),
    leaves: ['cline active admin alpha', ...stays, 'helper active read+write alpha', 'new active read alpha'],
  },
  'a revocation': {
    does: (memory, hash) => memory.tokens.revoke({ hash }),
    leaves: ['cline revoked admin alpha', ...stays, 'helper active read+write alpha'],
    ends: ['cline'],
  },
  'a deletion': {
    does: (memory, hash) => memory.tokens.delete({ hash }),
    leaves: [...stays, 'helper active read+write alpha'],
    ends: ['cline'],
  },
  'a purge of the revoked': {
    does: (memory) => memory.tokens.purge(),
    leaves: ['cline active admin alpha', 'other active read alpha', 'helper active read+write alpha'],
  },
  'a purge of all': {
    does: (memory) => memory.tokens.purge({ revokedOnly: false }),
    leaves: [],
    ends: ['cline', 'other', 'helper'],
  },
  'a change': {
    does: (memory, hash) => memory.tokens.update({ hash, permissions: ['read'], spaces: [] }),
    leaves: ['cline active read', ...stays, 'helper active read+write alpha'],
  },
  'a badge in place of one': {
    does: (memory) => memory.tokens.mintBadge({ space: 'alpha', agent: 'helper', caller: owner }),
    leaves: ['cline active admin alpha', ...stays, 'helper revoked read+write alpha', 'helper active read+write alpha'],
    ends: ['helper'],
  },
  'a space that leaves all tokens': {
    does: (memory) => memory.spaces.delete({ space: 'alpha' }),
    leaves: ['cline active admin', 'other active read', 'ended revoked admin', 'helper active read+write'],
  },
};

async function judge({ store, secrets, old }: Prepared & { store: ObjectStore }, { leaves, ends = [] }: Case) {
  const { tokens } = await memoryOver(store, 'c').tokens.list();
  const states = tokens.map(({ name, state, permissions, spaces }) =>
    [name, state, permissions.join('+'), ...spaces].join(' '),
  );
  // What was made, and nobody saw the answer, is there beside what was made again: nobody knows its secret.
  expect([...new Set(states)]).toEqual(leaves);
  await store.put(REGISTRY, old);
  const later = memoryOver(store, 'd');
  for (const name of ['ended', ...ends] as const)
    await expect(later.tokens.authenticate(secrets[name])).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
}

describe('a process that dies before or after any request of a change of tokens', () => {
  it.each(Object.entries(cases))('%s: done again by another one, it holds', async (_, useCase) => {
    const ready = await prepared();
    const does = (memory: LiveMemory): Promise<unknown> => useCase.does(memory, ready.hash);
    const whole = await leftBy(ready.base, does, { last: Number.POSITIVE_INFINITY, side: 'before' });
    expect(whole.made.length).toBeGreaterThanOrEqual(3);
    for (let last = 1; last <= whole.made.length; last++) {
      for (const side of ['before', 'after'] as const) {
        const { left } = await leftBy(ready.base, does, { last, side });
        const { store } = createDirectStore(left);
        const again = await does(memoryOver(store, 'b')).catch((error: { code: string }) => error.code);
        // What it was to end was ended already.
        expect([again].filter((code) => typeof code === 'string' && !code.endsWith('_NOT_FOUND'))).toEqual([]);
        await judge({ ...ready, store }, useCase);
      }
    }
  });

  it('a revocation that was begun holds even if nobody finishes it', async () => {
    const { base, hash, secrets } = await prepared();
    const revoke = (memory: LiveMemory): Promise<unknown> => memory.tokens.revoke({ hash });
    const { made } = await leftBy(base, revoke, { last: Number.POSITIVE_INFINITY, side: 'before' });
    const marked = made.findIndex((request) => request.includes('_system/revoked/') && request.startsWith('put')) + 1;
    expect(marked).toBeGreaterThan(0);
    const { left } = await leftBy(base, revoke, { last: marked, side: 'after' });
    const { store } = createDirectStore(left);
    await expect(memoryOver(store, 'c').tokens.authenticate(secrets.cline)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});
