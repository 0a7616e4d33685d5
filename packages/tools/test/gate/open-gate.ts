import type { Caller } from '@live-mem/core';
import { answerOfError, type Tool, tools } from '@live-mem/tools';
import { openTools, type TestTools } from '../open-tools.ts';
import { OWN_HASH } from './callers.ts';
import type { Place, TestCall } from './calls.ts';

/** What is in the spaces, and in no answer about a space that one may not enter. */
export const SECRET = 'sesame';

/** A memory with the spaces `alpha` and `other`, each with notes, documents and a backup. */
export interface TestGate extends TestTools {
  readonly own: Place;
  readonly foreign: Place;
  /** As `foreign`, of a space that never was. */
  readonly missing: Place;
  /** The answer, or that of the error. */
  readonly answer: (call: TestCall, place: Place, caller: Caller) => Promise<Readonly<Record<string, unknown>>>;
}

/** Whoever makes badges must have a token that is stored. */
const ownToken = {
  hash: OWN_HASH,
  kind: 'standard',
  name: 'cline',
  email: '',
  permissions: ['write'],
  space_ids: ['alpha'],
  created_at: '2026-01-01T00:00:00Z',
  expires_at: null,
  last_used_at: null,
  revoked: false,
};

/** Opens one. */
export async function openGate(): Promise<TestGate> {
  const test = openTools();
  await test.store.put('_system/tokens.json', JSON.stringify({ version: 1, tokens: [ownToken] }));
  const { hash } = await test.memory.tokens.create({ name: 'seeded', permissions: ['read'] });
  const own = { space: 'alpha', backup: await fill(test, 'alpha'), token: hash };
  const foreign = { space: 'other', backup: await fill(test, 'other'), token: hash };
  const missing = { space: 'never', backup: foreign.backup.replace('other', 'never'), token: hash };
  const answer: TestGate['answer'] = async ({ name, input }, place, caller) => {
    const tool: Tool = tools[name];
    try {
      return { ...(await test.call(tool, input(place), caller)) };
    } catch (error) {
      return { ...answerOfError(error) };
    }
  };
  return { ...test, own, foreign, missing, answer };
}

/** @returns the id of its backup */
async function fill({ memory }: TestTools, space: string): Promise<string> {
  await memory.spaces.create({ space, creator: OWN_HASH, description: SECRET });
  const note = { space, agent: 'cline', category: 'todo' } as const;
  await memory.notes.write({ ...note, content: `${SECRET} one` });
  await memory.bank.consolidate({ space });
  await memory.notes.write({ ...note, content: `${SECRET} two` });
  const { backup } = await memory.backups.create({ space });
  return backup;
}
