import { openMemory, type TestMemory } from '../open-memory.ts';
import { holding, objectsOf } from './objects.ts';

export const SECRET = 'hunter2 "é"';
/** What stands in its place. */
export const STARS = '*'.repeat(12);
export const alpha = { space: 'alpha', actor: 'ann' };

export const redact = ({ memory }: TestMemory, more: { dryRun?: boolean; text?: string } = {}) =>
  memory.spaces.redact({ ...alpha, text: SECRET, ...more });

export const write = ({ memory }: TestMemory, filename: string, content: string) =>
  memory.bank.write({ ...alpha, filename, content });

export const read = async ({ memory }: TestMemory, filename: string) =>
  (await memory.bank.read({ space: 'alpha', filename })).content;

export const notesOf = async ({ memory }: TestMemory) => (await memory.notes.read({ space: 'alpha' })).notes;

/** Keys of the objects that hold the secret. */
export const leaks = async ({ store }: TestMemory, text = SECRET) => holding(await objectsOf(store), text);

/** The secret everywhere: commit 2 and 3 changed `a.md`, commit 4 consolidated, and one note is live. */
export async function withSecret(): Promise<TestMemory> {
  const test = await openMemory();
  await test.memory.spaces.update({ space: 'alpha', description: `for ${SECRET}` });
  await write(test, 'a.md', `one\n${SECRET}\nthree\n`);
  await write(test, 'a.md', `one\n${SECRET} changed\nthree\n`);
  await test.note(`consolidated ${SECRET}`, { agent: `cline ${SECRET}` });
  await test.consolidate();
  await test.memory.spaces.updateRules({ ...alpha, rules: `# Rules\n\nNever say ${SECRET}.\n` });
  await test.note(`live ${SECRET}`);
  await test.note('innocent');
  await test.memory.backups.create({ ...alpha, description: `with ${SECRET}` });
  return test;
}
