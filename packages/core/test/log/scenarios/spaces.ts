import type { Actor } from '../exploring/actor.ts';
import { createDirectStore } from '../exploring/asking-store.ts';
import type { Scenario } from '../exploring/explore.ts';
import { audit } from '../judging/audit.ts';
import { all, type Check, changesOnce, mayFailWith, occurrences, succeed } from '../judging/checks.ts';
import { toldBy } from '../judging/the-log.ts';
import { baseOf, consolidating, discarding, undoer, writer } from './parts.ts';

function creator(name: string): Actor {
  return {
    name,
    cold: true,
    does: ({ memory }) => memory.spaces.create({ space: 'alpha', actor: name, rules: `# Rules of ${name}\n` }),
  };
}

const oneCreated: Check = ({ snapshot, outcomes, atEnd }) => {
  const created = [...outcomes].filter(
    ([, ended]) => 'value' in ended && (ended.value as { status: string }).status === 'created',
  );
  const { commits } = toldBy(snapshot);
  if (created.length > 1) return 'both were told that they created it';
  if (atEnd && created.length === 0) return 'none was told that it created it';
  const [by] = created;
  return by && commits[0]?.actor !== by[0] ? `${by[0]} was told that it created it` : undefined;
};

export const twoCreate: Scenario = {
  name: 'two that create one space',
  base: createDirectStore().now(),
  actors: [creator('A'), creator('B')],
  check: all(succeed('A', 'B'), oneCreated),
  audit,
};

const text = 'secret of the first life';

/** Deletes the space, and another owner takes its name. */
const secondLife: Actor = {
  name: 'D',
  async does({ memory }) {
    await memory.spaces.delete({ space: 'alpha', actor: 'D' });
    await memory.spaces.create({ space: 'alpha', actor: 'E', rules: '# Second\n' });
  },
};

/** Nothing of the first life is in the second, be it as a note or in the bank. */
const nothingLeaks: Check = ({ snapshot }) => {
  const { commits, docs, live } = toldBy(snapshot);
  if (!commits.some(({ actor }) => actor === 'E')) return undefined;
  const leaked = occurrences([...docs.values(), ...live.values()], text);
  return leaked === 0 ? undefined : 'the second life shows a text of the first';
};

const note = { space: 'alpha', agent: 'base', category: 'todo', content: text } as const;

// Every object and every commit doubles the orders in which a deletion can go: these bases hold no more than they must.

/** A note that is live. */
const noteBase = await baseOf(({ memory }) => memory.notes.write(note));

/** A document, and a note that is live. */
const documentBase = await baseOf(async ({ memory }) => {
  await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'x\n', actor: 'base' });
  await memory.notes.write(note);
});

/** A note that is live, and one that was discarded by commit 2. */
const lifeBase = await baseOf(async ({ memory }) => {
  await memory.notes.write(note);
  await memory.bank.consolidate({ space: 'alpha', actor: 'base' });
  await memory.notes.write(note);
}, discarding);

export const lateNote: Scenario = {
  name: 'a note written while its space is deleted and made again',
  base: lifeBase,
  actors: [
    {
      name: 'N',
      does: ({ memory }) => memory.notes.write({ space: 'alpha', agent: 'N', category: 'todo', content: text }),
    },
    secondLife,
  ],
  check: all(succeed('D'), nothingLeaks),
};

export const lateDocument: Scenario = {
  ...lateNote,
  name: 'a document written while its space is deleted and made again',
  base: documentBase,
  actors: [writer('A', 'x.md', text), secondLife],
  // A change that was about to be made in the first life is not made in the second.
  remember(seen, { actor, step, before }) {
    const tried = actor?.name === 'A' && step.request.op === 'put' && step.request.key.includes('/_commits/');
    return tried && !toldBy(before).commits.some((commit) => commit.actor === 'E') ? 'tried' : seen;
  },
  check: all(succeed('D'), mayFailWith('A', 'SPACE_NOT_FOUND'), changesOnce('A'), (view) =>
    view.seen === 'tried' ? nothingLeaks(view) : undefined,
  ),
  audit,
};

export const lateConsolidation: Scenario = {
  ...lateNote,
  name: 'a consolidation while its space is deleted and made again',
  base: noteBase,
  actors: [consolidating('C', 'x.md'), secondLife],
  check: all(succeed('D'), mayFailWith('C', 'SPACE_NOT_FOUND'), nothingLeaks),
};

export const lateUndo: Scenario = {
  ...lateNote,
  name: 'an undo while its space is deleted and made again',
  actors: [undoer('U', 2), secondLife],
  check: all(succeed('D'), mayFailWith('U', 'SPACE_NOT_FOUND', 'UNDO_CONFLICT', 'COMMIT_NOT_FOUND'), nothingLeaks),
};

/** A deletion, be the space there or not. */
function deletes(name: string): Actor {
  return { name, does: ({ memory }) => memory.spaces.delete({ space: 'alpha', actor: name }) };
}

/** Of the space nothing is left but commits without texts, and the one that ended it. */
const nothingLeft: Check = ({ snapshot, atEnd }) => {
  if (!atEnd) return undefined;
  const { commits } = toldBy(snapshot);
  const [ended, ...more] = commits.filter(({ stub }) => !stub);
  const objects = [...snapshot.objects.keys()].filter((key) => !key.startsWith('alpha/_commits/'));
  if (objects.length > 0) return `${objects.join()} is left`;
  return ended?.kind === 'delete_space' && more.length === 0 ? undefined : 'texts are left in the log';
};

/** The space ends once, and those who did not end it may be told that it is not there. */
export const twoDelete: Scenario = {
  name: 'two that delete one space',
  base: noteBase,
  actors: [deletes('D'), deletes('E')],
  check: all(mayFailWith('D', 'SPACE_NOT_FOUND'), mayFailWith('E', 'SPACE_NOT_FOUND'), nothingLeft, ({ snapshot }) =>
    toldBy(snapshot).commits.filter(({ kind }) => kind === 'delete_space').length > 1 ? 'it ended twice' : undefined,
  ),
  audit,
};

export const deletedBesideWriter: Scenario = {
  name: 'a document written while its space is deleted',
  base: documentBase,
  actors: [writer('A', 'y.md', text), deletes('D')],
  check: all(succeed('D'), mayFailWith('A', 'SPACE_NOT_FOUND'), changesOnce('A')),
  audit,
};

export const deletedBesideConsolidation: Scenario = {
  ...deletedBesideWriter,
  name: 'a consolidation while its space is deleted',
  base: noteBase,
  actors: [consolidating('C', 'x.md'), deletes('D')],
  check: all(succeed('D'), mayFailWith('C', 'SPACE_NOT_FOUND')),
};

/** It was there already, or it begins anew; the deletion ends the first life and no other. */
export const deletedBesideCreator: Scenario = {
  name: 'a space created while it is deleted',
  base: documentBase,
  actors: [creator('E'), deletes('D')],
  check: all(succeed('D', 'E'), nothingLeaks, ({ snapshot, outcomes }) => {
    const ended = outcomes.get('E');
    const created = ended && 'value' in ended && (ended.value as { status: string }).status === 'created';
    const { exists, docs } = toldBy(snapshot);
    return created && !(exists && docs.get('_rules.md') === '# Rules of E\n') ? 'what was created is gone' : undefined;
  }),
};
