import { SpaceNotFoundError, StoreRefusedError, silentLogger } from '@live-mem/core';
import { createCountingIds, createManualClock } from '@live-mem/core/testing';
import { createParts } from '../../../src/log/open-space.ts';
import { settle } from '../../../src/log/settle.ts';
import { createDirectStore } from '../exploring/asking-store.ts';
import { memoryOver } from '../exploring/run.ts';
import type { Snapshot } from '../exploring/snapshot.ts';
import { type Told, toldBy } from './the-log.ts';

const alpha = { space: 'alpha' };

/**
 * What must hold of whatever is stored, wherever everybody stopped: the log does not contradict itself, a process that begins now
 * reads what the log says, and one that settles makes the objects show it.
 * @returns what is wrong
 */
export async function audit(snapshot: Snapshot): Promise<string | undefined> {
  const { faults, exists } = toldBy(snapshot);
  if (faults.length > 0) return faults.join('; ');
  if (!exists) return readsNothing(snapshot);
  return (
    (await readsOnly(snapshot)) ??
    (await readsTheLog(snapshot)) ??
    (await readsTheNotes(snapshot)) ??
    (await settles(snapshot))
  );
}

async function readsNothing(snapshot: Snapshot): Promise<string | undefined> {
  const { store } = createDirectStore(snapshot);
  const read = await memoryOver(store, 'f')
    .bank.readAll(alpha)
    .catch((error: unknown) => error);
  return read instanceof SpaceNotFoundError
    ? undefined
    : `nobody created the space, but it reads ${JSON.stringify(read)}`;
}

const refused = (): Promise<never> => Promise.reject(new StoreRefusedError('read only'));

/** A process that may not write cannot settle, and reads what the log says all the same. */
async function readsOnly(snapshot: Snapshot): Promise<string | undefined> {
  const store = { ...createDirectStore(snapshot).store, put: refused, delete: refused, deleteMany: refused };
  const { commit, documents } = await memoryOver(store, 'f').bank.readAll(alpha);
  const told = toldBy(snapshot);
  if (told.head !== commit) return `a reader that may not write reads commit ${commit}, the head is ${told.head}`;
  const seen = new Map(documents.map(({ filename, content }) => [`bank/${filename}`, content]));
  const bank = new Map([...told.docs].filter(([path]) => path.startsWith('bank/')));
  return differ('a reader that may not write sees', seen, bank);
}

async function readsTheLog(snapshot: Snapshot): Promise<string | undefined> {
  const { store, now } = createDirectStore(snapshot);
  const memory = memoryOver(store, 'f');
  const summary = await memory.spaces.summary(alpha);
  const { documents, rules, synthesis, live } = summary;
  const told = toldBy(now());
  const seen = new Map([
    ...documents.map(({ filename, content }) => [`bank/${filename}`, content] as const),
    ...(rules === '' ? [] : [['_rules.md', rules] as const]),
    ...(synthesis === undefined ? [] : [['_synthesis.md', synthesis] as const]),
  ]);
  const again = await memory.bank.readAll(alpha);
  return (
    differ('a reader sees', seen, told.docs) ??
    (live.count === told.live.size
      ? undefined
      : `a reader counts ${live.count} notes, the log says ${told.live.size}`) ??
    (again.commit === told.head ? undefined : `a reader reads commit ${again.commit}, the head is ${told.head}`)
  );
}

async function readsTheNotes(snapshot: Snapshot): Promise<string | undefined> {
  const { store, now } = createDirectStore(snapshot);
  const { notes } = await memoryOver(store, 'f').notes.read({ ...alpha, limit: 500 });
  const seen = new Map(notes.map(({ filename, content }) => [filename, content]));
  const expected = [...toldBy(now()).live].map(([key, text]) => [key, text.slice(text.indexOf('\n\n') + 2)] as const);
  return differ('a reader sees the notes', seen, new Map(expected));
}

async function settles(snapshot: Snapshot): Promise<string | undefined> {
  const { store, now } = createDirectStore(snapshot);
  const parts = createParts({
    store,
    clock: createManualClock(),
    newId: createCountingIds('f'),
    logger: silentLogger,
    randomBytes: (length) => new Uint8Array(length),
  });
  const before = toldBy(snapshot).head;
  if (before === 0) return undefined;
  await settle(parts, parts.open('alpha'));
  const settled = now();
  const { faults } = toldBy(settled);
  const wrong = faults.length > 0 ? faults.join('; ') : (unshown(settled) ?? metaFault(settled, toldBy(settled)));
  return wrong && `after settling, ${wrong}`;
}

/** Where what is stored is not what the log says, which is no fault while somebody settles. */
export function unshown(snapshot: Snapshot): string | undefined {
  const told = toldBy(snapshot);
  const live = new Map([...told.live].map(([key, text]) => [`live/${key}`, text]));
  return (
    differ('there are', stored(snapshot, /^(?:bank\/.*|_synthesis|_rules)\.md$/), told.docs) ??
    differ('there are', ofThisLife(stored(snapshot, /^live\//), told), live)
  );
}

/** Notes of an earlier life may lie about: nobody sees them. */
function ofThisLife(notes: ReadonlyMap<string, string>, { commits }: Told): Map<string, string> {
  const past = commits.at(-1)?.past_lives ?? [];
  return new Map(
    [...notes].filter(([, text]) => !past.some((life) => text.includes(`\nlife: ${JSON.stringify(life)}\n`))),
  );
}

function metaFault({ objects }: Snapshot, { commits }: Told): string | undefined {
  const meta = JSON.parse(objects.get('alpha/_meta.json') ?? '{}') as Record<string, unknown>;
  const { consolidations, notes } = commits.at(-1)?.totals ?? {};
  if (meta['consolidation_count'] === consolidations && meta['total_notes_processed'] === notes) return undefined;
  return `_meta.json counts ${String(meta['consolidation_count'])} consolidations of ${String(meta['total_notes_processed'])} notes, the log ${consolidations} of ${notes}`;
}

function stored({ objects }: Snapshot, which: RegExp): Map<string, string> {
  const paths = [...objects].map(([key, body]) => [key.slice('alpha/'.length), body] as const);
  return new Map(paths.filter(([path]) => which.test(path)));
}

/** Tells the first three differences: there may be hundreds of notes. */
function differ(
  what: string,
  seen: ReadonlyMap<string, string>,
  told: ReadonlyMap<string, string>,
): string | undefined {
  const names = [...new Set([...seen.keys(), ...told.keys()])].filter((name) => seen.get(name) !== told.get(name));
  const texts = names
    .slice(0, 3)
    .map((name) => `${name}: ${JSON.stringify(seen.get(name))}, the log says ${JSON.stringify(told.get(name))}`);
  return names.length > 0 ? `${what} ${texts.join('; ')} (${names.length} differ)` : undefined;
}
