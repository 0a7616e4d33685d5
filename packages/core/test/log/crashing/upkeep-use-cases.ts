import { holding } from '../../redaction/objects.ts';
import { createDirectStore } from '../exploring/asking-store.ts';
import { memoryOver } from '../exploring/run.ts';
import type { Snapshot } from '../exploring/snapshot.ts';
import { occurrences } from '../judging/checks.ts';
import { type Told, toldBy } from '../judging/the-log.ts';
import { appendTo, baseOf, twoNotes } from '../scenarios/parts.ts';
import type { UseCase } from './crash.ts';

const alpha = { space: 'alpha', actor: 'A' };
const collect = { ...alpha, mode: 'delete', maxAgeDays: 0 } as const;

export const throwNotesAway: UseCase = {
  name: 'throwing old notes away',
  base: twoNotes,
  does: ({ memory }) => memory.notes.gc(collect),
  again: ({ memory }) => memory.notes.gc(collect),
  judge: (told) => madeOnce(told, 'gc') ?? (told.live.size === 0 ? undefined : 'notes are left'),
};

const oddNames = await baseOf(async ({ memory, store }) => {
  await store.put('alpha/bank/a.md', 'a\n');
  await store.put('alpha/bank/a\u200B.md', 'a\n');
  await store.put('alpha/bank/bank/a.md', 'b\n');
  await memory.bank.readAll({ space: 'alpha' });
});

export const repairNames: UseCase = {
  name: 'a repair of names',
  base: oddNames,
  does: ({ memory }) => memory.bank.repair(alpha),
  again: ({ memory }) => memory.bank.repair(alpha),
  judge: (told) => {
    const bank = [...told.docs].flatMap(([path, text]) => (path.startsWith('bank/') ? [`${path}: ${text}`] : []));
    const isRight = bank.toSorted().join('') === 'bank/a-2.md: b\nbank/a.md: a\n';
    return madeOnce(told, 'repair') ?? (isRight ? undefined : `the bank is ${bank.join('')}`);
  },
};

const SECRET = 'hunter2';
const STARS = '*******';

const withSecret = await baseOf(async ({ memory }) => {
  await memory.spaces.update({ space: 'alpha', description: SECRET });
  await memory.bank.write({ ...alpha, filename: 'x.md', content: `${SECRET}\n` });
  await memory.notes.write({ space: 'alpha', agent: 'base', category: 'todo', content: `filed ${SECRET}` });
  await memory.bank.consolidate(alpha);
  await memory.backups.create(alpha);
  await memory.notes.write({ space: 'alpha', agent: 'base', category: 'todo', content: `live ${SECRET}` });
}, appendTo('x.md'));

/** Between the two passes over the log, old maps name texts that are still to come; whoever reads the present reads it right. */
async function readsRight(left: Snapshot): Promise<string | undefined> {
  const { store, now } = createDirectStore(left);
  const memory = memoryOver(store, 'f');
  const { documents } = await memory.spaces.summary({ space: 'alpha' });
  const { notes } = await memory.notes.read({ space: 'alpha' });
  const texts = [...documents, ...notes].map(({ content }) => content.replaceAll(SECRET, STARS));
  const expected = [`${STARS}\n- filed ${STARS}\n`, `live ${STARS}`];
  if (JSON.stringify(texts) !== JSON.stringify(expected)) return `a reader sees ${JSON.stringify(texts)}`;
  const byHand = toldBy(now()).commits.find(({ kind }) => kind === 'outside');
  return byHand && `commit ${byHand.n} takes what a redaction has left for an edit by hand`;
}

export const redact: UseCase = {
  name: 'a redaction',
  base: withSecret,
  early: readsRight,
  does: ({ memory }) => memory.spaces.redact({ ...alpha, text: SECRET }),
  again: async ({ memory }) => {
    await memory.spaces.redact({ ...alpha, text: SECRET });
    return (await memory.backups.verify({ backup: (await memory.backups.list({})).backups[0]?.backup ?? '' })).ok;
  },
  judge: (told, isWhole, left) => {
    const holders = holding(left, SECRET);
    if (holders.length > 0) return `the secret is in ${holders.join(', ')}`;
    if (isWhole !== true) return `the backup is not whole: ${String(isWhole)}`;
    if (!told.commits.some(({ kind }) => kind === 'redact')) return 'the log does not say that it happened';
    return occurrences([...told.live.values()], `live ${STARS}`) === 1 ? undefined : 'the note is not live once';
  },
};

function madeOnce({ commits }: Told, kind: string): string | undefined {
  const made = commits.filter((commit) => commit.kind === kind).length;
  return made === 1 ? undefined : `${made} commits of kind ${kind}`;
}
