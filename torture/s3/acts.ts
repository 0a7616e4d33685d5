import type { Category, SpaceFiles } from '@live-mem/core';
import { firstToken, manageTokens, mintBadges } from './token-acts.ts';
import { once, untilDone, type World } from './world.ts';

const space = 'alpha';
const actor = 'tester';
const categories: readonly [Category, ...Category[]] = [
  'decision',
  'todo',
  'progress',
  'insight',
  'question',
  'issue',
  'observation',
];

/** One thing that is done with a memory, and what is remembered of the answer. */
export type Act = (world: World) => Promise<void>;

/** Everything that can be done. */
export const acts: readonly [Act, ...Act[]] = [
  writeNote,
  writeNote,
  writeNoteOnce,
  importNotes,
  throwAway,
  consolidate,
  consolidate,
  undoConsolidation,
  editDocument,
  read,
  read,
  look,
  takeBackup,
  useBackup,
  manageTokens,
  mintBadges,
  firstToken,
  ownSpace,
  describe,
  redact,
  lookAfter,
  exportAll,
];

function newFact(world: World): string {
  return `fact number ${world.number()} of many.`;
}

async function writeNote(world: World): Promise<void> {
  const content = newFact(world);
  const category = world.random.pick(categories);
  // It is said before it is known: a crash would leave it unclear.
  world.facts.set(content, 'unclear');
  const done = await once(world, 'write note', () =>
    world.memory().notes.write({ space, agent: 'a', category, content }),
  );
  if (done) world.facts.set(content, 'there');
}

async function writeNoteOnce(world: World): Promise<void> {
  const content = newFact(world);
  const note = { space, agent: 'b', category: world.random.pick(categories), content, requestId: content };
  await untilDone(world, 'write note with a request id', () => world.memory().notes.write(note));
  world.facts.set(content, 'there');
}

async function importNotes(world: World): Promise<void> {
  const contents = [newFact(world), newFact(world), newFact(world)];
  const lines = contents.map((content) =>
    JSON.stringify({ timestamp: '2026-01-01T00:00:00Z', agent: 'c', category: 'insight', content }),
  );
  await untilDone(world, 'import notes', () => world.memory().notes.import({ space, lines }));
  for (const content of contents) world.facts.set(content, 'there');
}

/** Old enough to be thrown away; its text stays in the log, and nobody reads it there. */
async function throwAway(world: World): Promise<void> {
  const content = newFact(world);
  const lines = [JSON.stringify({ timestamp: '2020-01-01T00:00:00Z', agent: 'old', category: 'todo', content })];
  await untilDone(world, 'import an old note', () => world.memory().notes.import({ space, lines }));
  await untilDone(world, 'throw old notes away', () =>
    world.memory().notes.gc({ space, mode: 'delete', agent: 'old', actor }),
  );
  world.facts.set(content, 'gone');
}

async function consolidate(world: World): Promise<void> {
  await once(world, 'consolidate', () => world.memory().bank.consolidate({ space, actor }));
}

async function undoConsolidation(world: World): Promise<void> {
  const history = await once(world, 'history', () => world.memory().bank.history({ space, limit: 5 }));
  const made = history?.answer.commits.find((commit) => 'kind' in commit && commit.kind === 'consolidate');
  if (made === undefined) return;
  const also = ['UNDO_CONFLICT', 'COMMIT_NOT_FOUND'];
  await once(world, 'undo', () => world.memory().bank.undo({ space, actor, commit: made.commit }), also);
}

async function editDocument(world: World): Promise<void> {
  const filename = `by-hand-${world.number()}.md`;
  const texts = [`# By hand\n\nfirst ${filename}\n`, `# By hand\n\nsecond ${filename}\n`];
  for (const content of texts)
    await untilDone(world, 'write document', () => world.memory().bank.write({ space, actor, filename, content }));
  world.documents.set(filename, texts.at(-1) ?? '');
  if (world.random.next() < 0.5) return;
  const also = ['DOCUMENT_NOT_FOUND'];
  await untilDone(world, 'delete document', () => world.memory().bank.delete({ space, actor, filename }), also);
  world.documents.set(filename, null);
}

/** Nobody else works meanwhile: what was acknowledged before is there, once. */
async function read(world: World): Promise<void> {
  const text = await once(world, 'read all', () => textsOf(world, space));
  if (text) world.violations.push(...wrongFacts(world, text.answer));
  await once(world, 'search notes', () => world.memory().notes.search({ space, query: 'number' }));
}

/** Facts that a text of the whole space does not hold as often as it must. */
export function wrongFacts({ facts }: World, text: string): string[] {
  return [...facts].flatMap(([fact, state]) => {
    const times = text.split(fact).length - 1;
    const isWrong = times > 1 || (times === 0 && state === 'there') || (times > 0 && state === 'gone');
    return isWrong ? [`${fact} is ${state}, and read ${times} times`] : [];
  });
}

async function look(world: World): Promise<void> {
  const memory = world.memory();
  const [filename = 'decisions.md'] = [...world.documents].find(([, content]) => content !== null) ?? [];
  const also = ['DOCUMENT_NOT_FOUND', 'COMMIT_NOT_FOUND'];
  await once(world, 'read document', () => memory.bank.read({ space, filename }), also);
  await once(world, 'list documents', () => memory.bank.list({ space }));
  await once(world, 'trace', () => memory.bank.trace({ space, filename }), also);
  await once(world, 'diff', () => memory.bank.diff({ space, commit: 2 }), also);
  await once(world, 'info', () => memory.spaces.info({ space }));
  await once(world, 'list spaces', () => memory.spaces.list());
  await once(world, 'summary', () => memory.spaces.summary({ space }));
  await once(world, 'rules', () => memory.spaces.rules({ space }));
  await once(world, 'stale spaces', () => memory.spaces.stale());
  await once(world, 'list backups', () => memory.backups.list({ space }));
  await once(world, 'list tokens', () => memory.tokens.list());
}

async function takeBackup(world: World): Promise<void> {
  const facts = [...world.facts].filter(([, state]) => state === 'there').map(([fact]) => fact);
  const taken = await once(world, 'take backup', () => world.memory().backups.create({ space, actor }));
  if (taken) world.backups.set(taken.answer.backup, facts);
}

async function useBackup(world: World): Promise<void> {
  const [newest] = [...world.backups].toReversed();
  if (newest === undefined) return;
  const [backup, facts] = newest;
  const memory = world.memory();
  const verified = await once(world, 'verify backup', () => memory.backups.verify({ backup }));
  if (verified && !verified.answer.ok) world.violations.push(`${backup} is damaged`);
  await once(world, 'download backup', async () => drained(await memory.backups.download({ backup })));
  const as = `restored-${world.number()}`;
  await untilDone(world, 'restore', () => world.memory().backups.restore({ backup, as, actor }), ['SPACE_EXISTS']);
  const found = await untilDone(world, 'read what was restored', () => textsOf(world, as));
  for (const fact of facts)
    if (found?.split(fact).length !== 2) world.violations.push(`${as}: ${fact} is not there once`);
  await untilDone(world, 'delete backup', () => world.memory().backups.delete({ backup }), ['BACKUP_NOT_FOUND']);
  world.backups.delete(backup);
}

/** Begins, lives and ends; what an earlier try did, a later one finds. */
async function ownSpace(world: World): Promise<void> {
  const own = `own-${world.number()}`;
  await untilDone(world, 'create space', () =>
    world.memory().spaces.create({ space: own, actor, rules: '# notes.md\n' }),
  );
  await untilDone(world, 'write into it', () =>
    world.memory().notes.write({ space: own, agent: 'a', category: 'todo', content: 'x', requestId: 'r' }),
  );
  await untilDone(world, 'delete space', () => world.memory().spaces.delete({ space: own, actor }), [
    'SPACE_NOT_FOUND',
  ]);
  world.ended.add(own);
}

async function describe(world: World): Promise<void> {
  const description = `description ${world.number()}`;
  await once(world, 'update space', () => world.memory().spaces.update({ space, description }));
  const rules = `# decisions.md\n\n# by-rule-${world.number()}.md\n`;
  await once(world, 'update rules', () => world.memory().spaces.updateRules({ space, rules, actor }));
}

async function redact(world: World): Promise<void> {
  const secret = `hunter${world.number()}secret`;
  await untilDone(world, 'write a secret', () =>
    world.memory().notes.write({ space, agent: 'd', category: 'issue', content: `it is ${secret}`, requestId: secret }),
  );
  await once(world, 'consolidate', () => world.memory().bank.consolidate({ space, actor }));
  // It reads everything in one call, which seldom passes while so much fails: some are finished in the end.
  world.unfinished.add(secret);
  for (let left = 20; left > 0 && world.unfinished.has(secret); left--) await finishRedaction(world, secret);
}

/** Takes a secret out, or as much of it as passes. */
export async function finishRedaction(world: World, secret: string): Promise<void> {
  const done = await once(world, 'redact', () => world.memory().spaces.redact({ space, text: secret, actor }));
  if (done === undefined) return;
  world.unfinished.delete(secret);
  world.secrets.add(secret);
}

async function lookAfter(world: World): Promise<void> {
  const memory = world.memory();
  await once(world, 'trim', () => memory.bank.trim({ space }));
  await once(world, 'repair', () => memory.bank.repair({ space, actor }));
  await once(world, 'collect notes', () => memory.notes.gc({ space, mode: 'delete', maxAgeDays: 36_500, actor }));
  await once(world, 'purge tokens', () => memory.tokens.purge({ revokedOnly: true }));
}

async function exportAll(world: World): Promise<void> {
  await once(world, 'export', async () => drained(await world.memory().spaces.export({ space })));
}

async function drained({ files }: SpaceFiles): Promise<number> {
  let bytes = 0;
  for await (const { text } of files) bytes += text.length;
  return bytes;
}

/** All that a space says: its documents and its live notes. */
export async function textsOf(world: World, of: string): Promise<string> {
  const memory = world.memory();
  const { documents } = await memory.bank.readAll({ space: of });
  const { notes } = await memory.notes.read({ space: of, limit: 500 });
  return [...documents, ...notes].map(({ content }) => content).join('\n');
}
