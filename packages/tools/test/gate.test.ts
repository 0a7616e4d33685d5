import { describe, expect, it } from '@jest/globals';
import { type Caller, includesPermission } from '@live-mem/core';
import { listedTools, tools } from '@live-mem/tools';
import { callers } from './gate/callers.ts';
import { calls, type TestCall } from './gate/calls.ts';
import { openGate, SECRET } from './gate/open-gate.ts';
import { BOOTSTRAP_KEY, openTools } from './open-tools.ts';

const everybody: readonly (readonly [string, Caller])[] = Object.entries(callers);
const strangers = everybody.filter(([, { spaces }]) => spaces !== 'all');

const beyondBadges = ['space_create', 'space_badge_mint'];

/** Whether a caller is let through to a tool at all, said anew here. */
function mayEver({ name, needs }: TestCall, { kind, permission }: Caller): boolean {
  if (kind === 'bootstrap') return name === 'admin_create_token';
  if (kind === 'badge' && beyondBadges.includes(name)) return false;
  return needs === 'any' || includesPermission(permission, needs);
}

/** What is answered about `alpha`. @param otherwise to whom the gate lets through */
function codeInOwn(caller: Caller, call: TestCall, otherwise: string | undefined): string | undefined {
  if (!mayEver(call, caller)) return 'FORBIDDEN';
  const isOut = caller.kind !== 'bootstrap' && caller.spaces !== 'all' && !caller.spaces.has('alpha');
  if (isOut && call.subject === 'space') return 'SPACE_NOT_FOUND';
  // A backup is looked for by the core, once the input is right.
  return isOut && call.subject === 'backup' ? (otherwise ?? 'BACKUP_NOT_FOUND') : otherwise;
}

/** For calls that change nothing. */
const shared = await openGate();

const named = calls.map((call) => [call.name, call] as const);

describe('the gate', () => {
  it('is tested with every tool', () => {
    expect(calls.map(({ name }) => name)).toEqual(Object.keys(tools));
  });
});

describe.each(everybody)('to %s', (_, caller) => {
  it('those tools are listed that it may ever call', () => {
    const names = calls.filter((call) => mayEver(call, caller)).map(({ name }) => name);
    expect(listedTools(caller).map(({ name }) => name)).toEqual(names);
  });

  it.each(named)('%s in a space on its list answers, or says what is lacking', async (_name, call) => {
    const { answer, own, counting } = mayEver(call, caller) ? await openGate() : shared;
    const before = counting.counts().requests;
    const { code } = await answer(call, own, caller);
    const asked = counting.counts().requests - before;
    expect(code).toBe(codeInOwn(caller, call, undefined));
    expect(code === undefined || code === 'BACKUP_NOT_FOUND' ? 0 : asked).toBe(0);
  });

  it.each(named)('%s with a wrong input tells nothing of it, unless it may be called', async (_name, call) => {
    const { answer, own } = shared;
    const wrong = { ...call, input: () => ({ ...call.input(own), extra: 1 }) };
    const { code } = await answer(wrong, own, caller);
    expect(code).toBe(codeInOwn(caller, call, 'INVALID_INPUT'));
  });
});

/** A place apart: what a call does not say of it, nobody can be answered about. */
const MARK = { space: 'MARK', backup: 'MARK', token: '' };

/** Calls that say a space or one of its backups. */
const about = calls.filter(({ input }) => JSON.stringify(input(MARK)).includes('MARK'));

/** Forbidden is what no space would change. */
function codeTo(caller: Caller, call: TestCall): string {
  if (caller.kind === 'bootstrap') return 'FORBIDDEN';
  if (call.subject === 'space') return 'SPACE_NOT_FOUND';
  return mayEver(call, caller) ? 'BACKUP_NOT_FOUND' : 'FORBIDDEN';
}

describe.each(strangers)('to %s, of a space that is not on its list', (_, caller) => {
  it.each(about.map((call) => [call.name, call] as const))(
    '%s answers the same whether it exists or not',
    async (_name, call) => {
      const { answer, foreign, missing, counting } = shared;
      const before = counting.counts().requests;
      const answers = [await answer(call, foreign, caller), await answer(call, missing, caller)];
      const [there = '', notThere] = answers.map((one) => JSON.stringify(one));
      expect(there.replaceAll('other', 'never')).toBe(notThere);
      expect(there).not.toContain(SECRET);
      if (call.subject === 'nothing') return;
      expect(answers[0]).toMatchObject({ code: codeTo(caller, call) });
      // An administrator may look for backups of lives that ended.
      if (caller.permission === 'admin' && call.subject === 'backup') return;
      expect(counting.counts().requests).toBe(before);
    },
  );

  it('lists of spaces and backups do not name it', async () => {
    const { answer, own, foreign } = await openGate();
    const lists = ['space_list', 'bank_stale_spaces', 'backup_list', 'backup_create', 'admin_gc_notes'];
    for (const call of calls.filter((one) => lists.includes(one.name))) {
      const everywhere = { ...call, input: () => ({}) };
      const told = JSON.stringify(await answer(everywhere, own, caller));
      expect(told).not.toContain(foreign.space);
    }
  });
});

describe('the space that is asked for', () => {
  it('is the one that the tool then reads, also of an input that is another each time it is looked at', async () => {
    const { call } = await openGate();
    let looks = 0;
    const turning = {
      get space_id() {
        return looks++ === 0 ? 'alpha' : 'other';
      },
    };
    const reader = callers['a token that reads'];
    await expect(call(tools.live_read, turning, reader)).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
  });
});

describe('who is asked', () => {
  it('is the bearer of a token, as it is stored', async () => {
    const { memory, call } = await openGate();
    const made = await call(tools.admin_create_token, { name: 'bob', permissions: 'write', space_ids: 'alpha' });
    const bob = await memory.tokens.authenticate(made.token);
    const written = await call(tools.live_note, { space_id: 'alpha', category: 'todo', content: 'Mine' }, bob);
    expect(written.agent).toBe('bob');
    await expect(call(tools.live_read, { space_id: 'other' }, bob)).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    await call(tools.admin_revoke_token, { token_hash: made.hash });
    await expect(memory.tokens.authenticate(made.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('without manage consolidates its own notes only', async () => {
    const { call } = await openGate();
    const writer = { ...callers['a token that writes'], name: 'bob' };
    const alpha = { space_id: 'alpha' };
    await call(tools.live_note, { ...alpha, category: 'todo', content: 'Mine' }, writer);
    await expect(call(tools.bank_consolidate, { ...alpha, agent: 'cline' }, writer)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await call(tools.bank_consolidate, alpha, writer)).toMatchObject({ notes_processed: 1 });
    expect(await call(tools.live_read, alpha)).toMatchObject({ notes: [{ agent: 'cline' }], total: 1 });
    expect(await call(tools.bank_consolidate, { ...alpha, agent: 'bob' }, writer)).toMatchObject({
      notes_processed: 0,
    });
    const manager = callers['a token that manages'];
    expect(await call(tools.bank_consolidate, alpha, { ...manager, name: 'eve' })).toMatchObject({
      notes_processed: 1,
    });
  });

  it('with the bootstrap key makes the first administrator, and that once', async () => {
    const { memory, call } = openTools();
    const key = await memory.tokens.authenticate(BOOTSTRAP_KEY);
    const wanted = { name: 'root', permissions: 'admin' };
    const none = { ...wanted, permissions: 'read', space_ids: 'alpha' };
    await expect(call(tools.admin_create_token, none, key)).rejects.toThrow(/^permissions: .*; space_ids: /);
    const { token } = await call(tools.admin_create_token, wanted, key);
    const root = await memory.tokens.authenticate(token);
    expect(await call(tools.admin_list_tokens, {}, root)).toMatchObject({ total: 1 });
    await expect(call(tools.admin_create_token, wanted, key)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
