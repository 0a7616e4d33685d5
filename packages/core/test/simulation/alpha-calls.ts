import type { FoundNotes, LiveMemory, ReadBank } from '@live-mem/core';
import { type Call, valueOf } from './call.ts';
import { bankAsOf, type Oracle, sorted } from './oracle.ts';
import type { Random } from './random.ts';

const space = 'alpha';
const BY_HAND = ['hand-1.md', 'hand-2.md'];

/** What calls are drawn with. */
export interface Drawing {
  readonly random: Random;
  readonly oracle: Oracle;
  /** What is made again until it is acknowledged. */
  readonly again: Call[];
}

/** A call about the space that is there all the time. */
export function drawAlphaCall(drawing: Drawing): Call {
  const { random } = drawing;
  const draw = random.pick([
    writeNote,
    writeNote,
    writeNoteOnce,
    consolidate,
    consolidate,
    readBank,
    readBank,
    readNotes,
    writeDocument,
    deleteDocument,
    undo,
    collect,
    trim,
    look,
  ]);
  return draw(drawing);
}

function writeNote({ random, oracle }: Drawing): Call {
  const content = oracle.newFact();
  const agent = random.pick(['ann', 'bob']);
  return {
    name: `note ${content}`,
    run: (memory) => memory.notes.write({ space, agent, category: 'insight', content }),
    ended(ending) {
      if (valueOf(ending)) oracle.acknowledge(content);
    },
  };
}

/** The same request until somebody acknowledges it, whichever server that is. */
function writeNoteOnce({ oracle, again }: Drawing): Call {
  const content = oracle.newFact();
  const call: Call = {
    name: `note ${content} with a request id`,
    run: (memory) => memory.notes.write({ space, agent: 'cat', category: 'todo', content, requestId: content }),
    ended(ending) {
      if (valueOf(ending)) oracle.acknowledge(content);
      else again.push(call);
    },
  };
  return call;
}

function consolidate({ random }: Drawing): Call {
  const agent = random.pick([undefined, undefined, 'ann']);
  return {
    name: `consolidate${agent === undefined ? '' : ` the notes of ${agent}`}`,
    run: (memory) => memory.bank.consolidate({ space, actor: 'sim', agent }),
    may: ['CONSOLIDATOR_UNAVAILABLE'],
    ended: () => undefined,
  };
}

/** Sees one moment between its beginning and its end, whole. */
function readBank({ oracle }: Drawing): Call {
  let from = 0;
  return {
    name: 'read the bank',
    run(memory) {
      from = oracle.told().head;
      return memory.bank.readAll({ space });
    },
    ended(ending) {
      const read = valueOf(ending) as Awaited<ReturnType<ReadBank>> | undefined;
      if (read === undefined) return;
      const told = oracle.told();
      if (read.commit < from || read.commit > told.head)
        oracle.violate(`a bank as of ${read.commit} was read while the head was ${from} to ${told.head}`);
      const expected = bankAsOf(told, read.commit);
      const seen = new Map(read.documents.map(({ filename, content }) => [filename, content]));
      if (expected && sorted(seen) !== sorted(expected))
        oracle.violate(`a bank as of ${read.commit} was read that never was: ${sorted(seen)}, not ${sorted(expected)}`);
    },
  };
}

/** Sees every note that is live all the while, and none that was consumed before. */
function readNotes({ oracle }: Drawing): Call {
  let before: ReadonlyMap<string, string> = new Map();
  let consumed = new Set<string>();
  return {
    name: 'read the notes',
    run(memory) {
      const told = oracle.told();
      before = told.live;
      consumed = new Set(told.commits.flatMap((commit) => commit.consumed.map(({ key }) => key)));
      return memory.notes.read({ space, limit: 500 });
    },
    ended(ending) {
      const read = valueOf(ending) as FoundNotes | undefined;
      if (read === undefined) return;
      const seen = new Set(read.notes.map(({ filename }) => filename));
      const { live } = oracle.told();
      for (const name of before.keys())
        if (live.has(name) && !seen.has(name)) oracle.violate(`${name} was live all the while, and not read`);
      for (const name of seen) if (consumed.has(name)) oracle.violate(`${name} was consumed before, and read`);
    },
  };
}

function writeDocument({ random, oracle }: Drawing): Call {
  const filename = random.pick(BY_HAND);
  const content = `# By hand\n\n${oracle.number()}\n`;
  return {
    name: `write ${filename}`,
    run: (memory) => memory.bank.write({ space, actor: 'sim', filename, content }),
    ended(ending) {
      const { commit } = (valueOf(ending) as { readonly commit?: number } | undefined) ?? {};
      if (commit === undefined) return;
      const made = oracle.told().commits[commit - 1];
      if (!made?.stub && made?.docs[`bank/${filename}`]?.after !== content)
        oracle.violate(`${filename} was acknowledged as commit ${commit}, which does not hold it`);
    },
  };
}

function deleteDocument({ random }: Drawing): Call {
  const filename = random.pick(BY_HAND);
  return {
    name: `delete ${filename}`,
    run: (memory) => memory.bank.delete({ space, actor: 'sim', filename }),
    may: ['DOCUMENT_NOT_FOUND'],
    ended: () => undefined,
  };
}

function undo({ random, oracle }: Drawing): Call {
  const commit = 1 + random.below(Math.max(1, oracle.told().head));
  return {
    name: `undo ${commit}`,
    run: (memory) => memory.bank.undo({ space, actor: 'sim', commit }),
    may: ['UNDO_CONFLICT', 'COMMIT_NOT_FOUND'],
    ended: () => undefined,
  };
}

/** Throws away what is older than a day. */
function collect(): Call {
  return {
    name: 'collect old notes',
    run: (memory) => memory.notes.gc({ space, mode: 'delete', maxAgeDays: 1, actor: 'sim' }),
    ended: () => undefined,
  };
}

function trim(): Call {
  return { name: 'trim the log', run: (memory) => memory.bank.trim({ space }), ended: () => undefined };
}

function look({ random }: Drawing): Call {
  const looks: readonly ((memory: LiveMemory) => Promise<unknown>)[] = [
    (memory) => memory.spaces.summary({ space }),
    (memory) => memory.spaces.info({ space }),
    (memory) => memory.bank.history({ space }),
    (memory) => memory.notes.search({ space, query: 'fact' }),
    (memory) => memory.spaces.list(),
    (memory) => memory.bank.repair({ space, actor: 'sim' }),
  ];
  const run = random.pick(looks);
  return { name: 'look around', run, ended: () => undefined };
}
