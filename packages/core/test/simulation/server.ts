import {
  type Consolidator,
  ConsolidatorUnavailableError,
  createLiveMemory,
  type ListedEntry,
  type ListedObject,
  type LiveMemory,
  type ObjectStore,
  type Proposal,
  type StoredObject,
} from '@live-mem/core';
import { createCountingIds } from '@live-mem/core/testing';
import type { Random } from './random.ts';
import type { Request, World } from './world.ts';

/** Sends a request and waits for its answer. */
type Ask = (request: Request) => Promise<unknown>;

/** What a server is made of. */
export interface ServerParts {
  readonly world: World;
  readonly random: Random;
  readonly ask: Ask;
  /** Hexadecimal digits that its ids begin with. */
  readonly prefix: string;
  /** Breaks the store on its way to the server, to show that the simulation notices. */
  readonly through?: ((store: ObjectStore) => ObjectStore) | undefined;
}

/** A memory in a process of its own: caches, ids and a clock that may be wrong by some seconds. */
export function startServer({ world, random, ask, prefix, through = (store) => store }: ServerParts): LiveMemory {
  const skew = random.below(5) * 1000 - 2000;
  const newId = createCountingIds(prefix);
  return createLiveMemory({
    store: through(createPagedStore(world, ask, 1 + random.below(6))),
    consolidator: createConsolidator(random, ask),
    clock: { now: () => world.time + skew, monotonic: () => world.time },
    newId,
    randomBytes: (length) => Uint8Array.from({ length }, () => random.below(256)),
    retention: { count: 0, days: 0 },
  });
}

/** A store of which each request is asked by itself, listings page by page. */
function createPagedStore(world: World, ask: Ask, pageSize: number): ObjectStore {
  const get = (key: string) => ask({ op: 'get', key }) as Promise<StoredObject | undefined>;
  const remove = async (key: string): Promise<void> => void (await ask({ op: 'delete', key }));
  return {
    get,
    getMany: (keys) => Promise.all(keys.map(get)),
    put: (key, body, only) => ask({ op: 'put', key, body, only }) as Promise<string>,
    delete: remove,
    async deleteMany(keys) {
      await Promise.all(keys.map(remove));
    },
    copy: (from, to) => ask({ op: 'copy', from, to }) as Promise<string | undefined>,
    async *list(prefix, { startAfter = '', delimiter, limit = Number.POSITIVE_INFINITY } = {}) {
      let [after, group, left] = [startAfter, '', limit];
      for (;;) {
        const page = (await ask({ op: 'list', prefix, after, limit: pageSize })) as ListedObject[];
        for (const entry of page.map((object) => rolledUp(object, prefix, delimiter))) {
          if ('prefix' in entry && (entry.prefix === group || entry.prefix <= startAfter)) continue;
          group = 'prefix' in entry ? entry.prefix : group;
          if (left-- <= 0) return;
          yield entry;
        }
        if (page.length < pageSize) return;
        after = page.at(-1)?.key ?? after;
      }
    },
    probe: async () => ({
      time: world.time,
      createIfAbsent: true,
      compareAndSwap: true,
      serverSideCopy: true,
      location: 'simulation',
    }),
  };
}

function rolledUp(object: ListedObject, prefix: string, delimiter: string | undefined): ListedEntry {
  const end = delimiter === undefined ? -1 : object.key.indexOf(delimiter, prefix.length);
  return end < 0 ? object : { prefix: object.key.slice(0, end + (delimiter ?? '').length) };
}

const DOCUMENTS = ['one.md', 'two.md', 'three.md'];

/** Files each note somewhere; slow, now and then wrong, and now and then gone. */
function createConsolidator(random: Random, ask: Ask): Consolidator {
  return {
    name: 'simulated',
    limits: { countTokens: (text) => text.length },
    async propose({ documents, notes }) {
      await ask({ op: 'propose', notes: notes.length });
      if (random.chance(0.1)) throw new ConsolidatorUnavailableError('gone');
      const texts = new Map(documents.map(({ filename, text }) => [filename, text]));
      const filed = notes.map(({ id, content }) => ({ id, content, filename: random.pick(DOCUMENTS) }));
      const edits: Proposal['edits'] = DOCUMENTS.flatMap((filename) => {
        const mine = filed.filter((note) => note.filename === filename);
        if (mine.length === 0) return [];
        const content = `${texts.get(filename) ?? ''}${mine.map((note) => `- ${note.content}\n`).join('')}`;
        const operation = texts.has(filename) ? ('rewrite' as const) : ('create' as const);
        return [{ operation, filename, content, notes: mine.map(({ id }) => id) }];
      });
      const proposal = {
        edits,
        fates: notes.map(({ id }) => ({ note: id, fate: 'integrated' as const })),
        synthesis: '',
      };
      return random.chance(0.15) ? spoiled(proposal, random) : proposal;
    },
  };
}

/** As models are wrong: a note is forgotten, filed in no edit, or the answer is something else. */
function spoiled(proposal: Proposal, random: Random): Proposal {
  const [first] = proposal.fates;
  return random.pick<Proposal>([
    { ...proposal, fates: proposal.fates.slice(1) },
    { ...proposal, edits: proposal.edits.slice(1) },
    { ...proposal, fates: first ? [...proposal.fates, first] : [] },
    { nothing: 'of the kind' } as unknown as Proposal,
  ]);
}
