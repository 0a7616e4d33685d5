import { describe, expect, it } from '@jest/globals';
import { type LiveMemory, ownerCaller } from '@live-mem/core';
import { createAskingStore, createDirectStore } from '../log/exploring/asking-store.ts';
import { describeRequest, takeEffect } from '../log/exploring/requests.ts';
import { memoryOver } from '../log/exploring/run.ts';
import type { Snapshot } from '../log/exploring/snapshot.ts';

const owner = ownerCaller('me');

async function prepared(): Promise<{ base: Snapshot; hash: string; token: string }> {
  const { store, now } = createDirectStore();
  const memory = memoryOver(store, 'e');
  await memory.spaces.create({ space: 'alpha' });
  const { hash, token } = await memory.tokens.create({ name: 'cline', permissions: ['admin'], spaces: ['alpha'] });
  await memory.tokens.create({ name: 'other', permissions: ['read'], spaces: ['alpha'] });
  return { base: now(), hash, token };
}

const never = new Promise<never>(() => undefined);

/** What a process leaves that dies at its `last` request: just before it takes effect, or just after. */
async function leftBy(
  base: Snapshot,
  does: (memory: LiveMemory) => Promise<unknown>,
  { last, side }: { readonly last: number; readonly side: 'before' | 'after' },
): Promise<{ left: Snapshot; made: string[] }> {
  const made: string[] = [];
  let left = base;
  const { promise: death, resolve: dies } = Promise.withResolvers<void>();
  const store = createAskingStore(async (request) => {
    if (made.length >= last) return never;
    made.push(describeRequest(request));
    const isLast = made.length === last;
    if (isLast) dies();
    if (isLast && side === 'before') return never;
    const { after, answer } = takeEffect(left, request);
    left = after;
    if (isLast) return never;
    if (answer.error) throw answer.error;
    return answer.value;
  });
  await Promise.race([does(memoryOver(store, 'a')), death]);
  return { left, made };
}

interface Case {
  readonly does: (memory: LiveMemory, hash: string) => Promise<unknown>;
  /** After it was done again by another process. */
  readonly holds: (memory: LiveMemory, token: string) => Promise<void>;
}

const stateOf = async (memory: LiveMemory): Promise<string[]> =>
  (await memory.tokens.list()).tokens.map(({ name, state }) => `${name} ${state}`);

const cases: Readonly<Record<string, Case>> = {
  create: {
    does: (memory) => memory.tokens.create({ name: 'new', permissions: ['read'], spaces: ['alpha'] }),
    // The one whose answer nobody saw may be there too: nobody knows its token.
    holds: async (memory) =>
      expect((await stateOf(memory)).filter((one) => one === 'new active').length).toBeLessThan(3),
  },
  revoke: {
    does: (memory, hash) => memory.tokens.revoke({ hash }),
    async holds(memory, token) {
      expect(await stateOf(memory)).toEqual(['cline revoked', 'other active']);
      await expect(memory.tokens.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    },
  },
  delete: {
    does: (memory, hash) => memory.tokens.delete({ hash }),
    async holds(memory, token) {
      expect(await stateOf(memory)).toEqual(['other active']);
      await expect(memory.tokens.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    },
  },
  purge: {
    does: (memory) => memory.tokens.purge({ revokedOnly: false }),
    holds: async (memory) => expect(await stateOf(memory)).toEqual([]),
  },
  update: {
    does: (memory, hash) => memory.tokens.update({ hash, permissions: ['read'], spaces: [] }),
    async holds(memory, token) {
      expect(await memory.tokens.authenticate(token)).toMatchObject({ permission: 'read', spaces: new Set() });
    },
  },
  badge: {
    does: (memory) => memory.tokens.mintBadge({ space: 'alpha', agent: 'helper', caller: owner }),
    holds: async (memory) => expect((await stateOf(memory)).filter((one) => one === 'helper active')).toHaveLength(1),
  },
};

describe('a process that dies before or after any request of a change of tokens', () => {
  it.each(Object.entries(cases))('%s: done again by another one, it holds', async (_, { does, holds }) => {
    const { base, hash, token } = await prepared();
    const whole = await leftBy(base, (memory) => does(memory, hash), {
      last: Number.POSITIVE_INFINITY,
      side: 'before',
    });
    expect(whole.made.length).toBeGreaterThanOrEqual(3);
    for (let last = 1; last <= whole.made.length; last++) {
      for (const side of ['before', 'after'] as const) {
        const { left } = await leftBy(base, (memory) => does(memory, hash), { last, side });
        const { store } = createDirectStore(left);
        const again = memoryOver(store, 'b');
        await does(again, hash).catch((error: { code: string }) => expect(error.code).toBe('TOKEN_NOT_FOUND'));
        await holds(memoryOver(store, 'c'), token);
      }
    }
  });

  it('a revocation that was begun holds even if nobody finishes it', async () => {
    const { base, hash, token } = await prepared();
    const revoke = (memory: LiveMemory): Promise<unknown> => memory.tokens.revoke({ hash });
    const { made } = await leftBy(base, revoke, { last: Number.POSITIVE_INFINITY, side: 'before' });
    const marked = made.findIndex((request) => request.includes('_system/revoked/') && request.startsWith('put')) + 1;
    expect(marked).toBeGreaterThan(0);
    const { left } = await leftBy(base, revoke, { last: marked, side: 'after' });
    const { store } = createDirectStore(left);
    await expect(memoryOver(store, 'c').tokens.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
