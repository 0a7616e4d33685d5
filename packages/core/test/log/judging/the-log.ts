import { createHash } from 'node:crypto';
import type { Snapshot } from '../exploring/snapshot.ts';

/** What these tests know of a commit, whatever the code under test makes of it. */
export interface LoggedCommit {
  readonly n: number;
  /** Its texts were taken out. */
  readonly stub?: true;
  readonly kind: string;
  readonly actor: string;
  readonly life: string;
  readonly past_lives: readonly string[];
  readonly op: string;
  readonly undoes?: number;
  readonly docs: Readonly<Record<string, { readonly after: string | null }>>;
  readonly consumed: readonly {
    readonly key: string;
    readonly text: string;
    readonly fate: { readonly fate: string };
  }[];
  readonly restored: readonly { readonly key: string; readonly text: string }[];
  readonly bank: Readonly<Record<string, { readonly sha256: string; readonly size: number; readonly commit: number }>>;
  readonly totals: { readonly consolidations: number; readonly notes: number };
}

/** A space as its log tells it. */
export interface Told {
  readonly commits: readonly LoggedCommit[];
  /** 0: there is no log. */
  readonly head: number;
  readonly exists: boolean;
  /** Path → text, with the rules and the synthesis. */
  readonly docs: ReadonlyMap<string, string>;
  /** File name → text of the notes that are live. */
  readonly live: ReadonlyMap<string, string>;
  /** Where the log contradicts itself. */
  readonly faults: readonly string[];
}

const known = new WeakMap<Snapshot, Told>();

/** Reads the log of the space `alpha`, commit by commit, and adds up what it says. */
export function toldBy(snapshot: Snapshot): Told {
  const told = known.get(snapshot) ?? read(snapshot.objects);
  known.set(snapshot, told);
  return told;
}

/** The texts after each of the first `n` commits: each life begins with none, and so it ends. Those taken out are empty. */
export function docsAsOf(commits: readonly LoggedCommit[], n: number): Map<string, string> {
  const docs = new Map<string, string>();
  let life: string | undefined;
  for (const commit of commits.filter((one) => one.n <= n)) {
    if (commit.life !== life || commit.kind === 'delete_space') docs.clear();
    life = commit.life;
    for (const [path, { after }] of Object.entries(commit.docs)) {
      if (after === null) docs.delete(path);
      else docs.set(path, after);
    }
  }
  return docs;
}

function read(objects: ReadonlyMap<string, string>): Told {
  const commits = [...objects]
    .filter(([key]) => key.startsWith('alpha/_commits/'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, body]) => JSON.parse(body) as LoggedCommit);
  const head = commits.at(-1);
  const docs = head ? docsAsOf(commits, head.n) : storedDocs(objects);
  const exists = head ? !['delete_space', 'restoring'].includes(head.kind) : objects.has('alpha/_meta.json');
  const live = exists ? liveNotes(objects, commits) : new Map<string, string>();
  return { commits, head: head?.n ?? 0, exists, docs, live, faults: faultsOf(commits) };
}

/** What is stored is the bank of a space without a log. */
function storedDocs(objects: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...objects].flatMap(([key, body]) =>
      /^alpha\/(bank\/.*|_rules|_synthesis)\.md$/.test(key) ? [[key.slice(6), body] as const] : [],
    ),
  );
}

/** Stored or brought back, never consumed, and of this life. */
function liveNotes(objects: ReadonlyMap<string, string>, commits: readonly LoggedCommit[]): Map<string, string> {
  const stored = [...objects]
    .filter(([key]) => key.startsWith('alpha/live/'))
    .map(([key, text]) => [key.slice(11), text] as const);
  const back = commits
    .filter(({ life }) => life === commits.at(-1)?.life)
    .flatMap(({ restored }) => restored.map(({ key, text }) => [key, text] as const));
  const consumed = new Set(commits.flatMap((commit) => commit.consumed.map(({ key }) => key)));
  const past = commits.at(-1)?.past_lives ?? [];
  const lives = ([key, text]: readonly [string, string]): boolean =>
    !consumed.has(key) && !past.some((ended) => text.includes(`\nlife: ${JSON.stringify(ended)}\n`));
  return new Map([...back, ...stored].filter(lives));
}

function faultsOf(commits: readonly LoggedCommit[]): string[] {
  const faults: string[] = [];
  const consumed = new Set<string>();
  for (const [at, commit] of commits.entries()) {
    if (commit.n !== at + 1) faults.push(`commit ${commit.n} stands at place ${at + 1}`);
    for (const { key, fate } of commit.consumed) {
      if (consumed.has(key)) faults.push(`${key} is consumed again by commit ${commit.n}`);
      if (fate.fate !== 'integrated' && fate.fate !== 'discarded') faults.push(`${key} has no fate`);
      consumed.add(key);
    }
    for (const { key } of commit.restored) if (consumed.has(key)) faults.push(`${key} is live again`);
    faults.push(...mapFaults(commits, commit));
  }
  const ops = commits.map(({ op }) => op);
  if (new Set(ops).size < ops.length) faults.push('a change is in the log twice');
  return faults;
}

/** The bank as of n follows from commit n: its map names texts that the log holds, and no others. */
function mapFaults(commits: readonly LoggedCommit[], { n, bank }: LoggedCommit): string[] {
  const docs = docsAsOf(commits, n);
  const missing = [...docs.keys()].filter((path) => !bank[path]).map((path) => `the map of commit ${n} lacks ${path}`);
  const wrong = Object.entries(bank).filter(([path, { sha256, size, commit }]) => {
    const text = docs.get(path);
    const holder = commits[commit - 1];
    if (holder?.stub) return text === undefined;
    return (
      text === undefined ||
      holder?.docs[path]?.after !== text ||
      sha256 !== hash(text) ||
      size !== Buffer.byteLength(text)
    );
  });
  return [...missing, ...wrong.map(([path]) => `the map of commit ${n} is wrong of ${path}`)];
}

const hashes = new Map<string, string>();

function hash(text: string): string {
  const sha256 = hashes.get(text) ?? createHash('sha256').update(text).digest('hex');
  hashes.set(text, sha256);
  return sha256;
}
