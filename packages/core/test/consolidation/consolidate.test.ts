import { describe, expect, it } from '@jest/globals';
import { CancelledError, type Consolidator, ConsolidatorUnavailableError, SpaceNotFoundError } from '@live-mem/core';
import { answering, keysOf, openMemory } from '../open-memory.ts';

const everyFate = (notes: readonly { id: string }[], fate: object) => notes.map(({ id }) => ({ note: id, ...fate }));

describe('consolidating', () => {
  it('puts each note into the bank once, whole, and leaves none live', async () => {
    const test = await openMemory();
    for (const content of ['one', 'two', 'three']) await test.note(content);
    const report = await test.consolidate();
    expect(report).toMatchObject({
      status: 'ok',
      notesProcessed: 3,
      filesCreated: ['notes.md'],
      batchesTotal: 1,
      batchesCompleted: 1,
      commits: [2],
      operationsApplied: 1,
    });
    const { content } = await test.memory.bank.read({ space: 'alpha', filename: 'notes.md' });
    for (const word of ['one', 'two', 'three']) expect(content.split(`- ${word} (`)).toHaveLength(2);
    expect(await test.keys('alpha/live/')).toEqual([]);
    expect((await test.store.get('alpha/_synthesis.md'))?.body).toBe('3 notes came last.\n');
  });

  it('changes nothing when there is nothing to do', async () => {
    const test = await openMemory();
    await test.note('one');
    await test.consolidate();
    const before = await test.keys();
    expect(await test.consolidate()).toMatchObject({
      status: 'ok',
      notesProcessed: 0,
      commits: [],
      filesUnchanged: ['notes.md'],
    });
    expect(await test.keys()).toEqual(before);
  });

  it('takes one agent’s notes by the name in the note, whole', async () => {
    const test = await openMemory();
    await test.note('by todo', { agent: 'todo' });
    await test.note('a todo of another', { agent: 'cline', category: 'todo' });
    await test.note('dotted', { agent: 'agent.cline' });
    expect(await test.consolidate('todo')).toMatchObject({ notesProcessed: 1 });
    expect(await test.consolidate('agent.cline')).toMatchObject({ notesProcessed: 1 });
    const { notes } = await test.memory.notes.read({ space: 'alpha' });
    expect(notes.map(({ content }) => content)).toEqual(['a todo of another']);
  });

  it('goes oldest first, in batches of 200, each a commit', async () => {
    const asked: string[][] = [];
    const test = await openMemory(
      answering((request) => (asked.push(request.notes.map(({ content }) => content)), answerOf(request))),
    );
    const lines = Array.from({ length: 450 }, (_, n) =>
      JSON.stringify({
        timestamp: new Date(Date.UTC(2025, 0, 1, 0, n)).toISOString(),
        agent: 'a',
        category: 'todo',
        content: `n${n}`,
      }),
    );
    await test.memory.notes.import({ space: 'alpha', lines: lines.toReversed() });
    const told: number[] = [];
    const report = await test.memory.bank.consolidate({
      space: 'alpha',
      actor: 'me',
      onProgress: ({ notesDone }) => told.push(notesDone),
    });
    expect(report).toMatchObject({ status: 'ok', notesProcessed: 450, batchesTotal: 3, commits: [2, 3, 4] });
    expect(asked.map(({ length }) => length)).toEqual([200, 200, 50]);
    expect(asked.flat()).toEqual(Array.from({ length: 450 }, (_, n) => `n${n}`));
    expect(told).toEqual([0, 200, 400, 450]);
    expect(JSON.parse((await test.store.get('alpha/_meta.json'))?.body ?? '')).toMatchObject({
      consolidation_count: 1,
      total_notes_processed: 450,
    });
  });

  it('tells of discarded notes and why, and keeps them in the log', async () => {
    const test = await openMemory(
      answering(({ notes }) => ({
        edits: [],
        fates: everyFate(notes, { fate: 'discarded', reason: 'known already' }),
        synthesis: '',
      })),
    );
    const { filename } = await test.note('again');
    expect(await test.consolidate()).toMatchObject({
      status: 'ok',
      notesDiscarded: [{ filename, reason: 'known already' }],
    });
    expect((await test.store.get('alpha/_commits/0000000002.json'))?.body).toContain('again');
  });

  it('writes nothing in a dry run, and tells what it would do', async () => {
    const test = await openMemory();
    for (let n = 0; n < 3; n++) await test.note(`n${n}`);
    const before = await test.keys();
    const report = await test.memory.bank.consolidate({ space: 'alpha', actor: 'me', dryRun: true });
    expect(report).toMatchObject({
      status: 'ok',
      dryRun: true,
      notesProcessed: 3,
      filesCreated: ['notes.md'],
      commits: [],
    });
    expect(await test.keys()).toEqual(before);
  });

  it('does not let one unreadable note hide the others', async () => {
    const test = await openMemory();
    await test.note('fine');
    test.store.setBytes('alpha/live/20260101T000000_x_todo_00000001.md', new Uint8Array([0xff]));
    const report = await test.consolidate();
    expect(report).toMatchObject({ status: 'partial', notesProcessed: 1, warnings: [{ kind: 'unreadable_note' }] });
    expect(await test.keys('alpha/live/')).toHaveLength(1);
  });

  it('says that a space is not there', async () => {
    const { memory } = await openMemory();
    await expect(memory.bank.consolidate({ space: 'beta', actor: 'me' })).rejects.toBeInstanceOf(SpaceNotFoundError);
  });
});

describe('an answer with a fault', () => {
  const faulty: [string, (request: Parameters<Consolidator['propose']>[0]) => unknown, string][] = [
    ['that is no proposal', () => ({ plan: [] }), 'form'],
    ['that is nothing at all', () => undefined, 'form'],
    ['with an unknown field', (request) => ({ ...answerOf(request), extra: 1 }), 'form'],
    ['with an empty plan', () => ({ edits: [], fates: [], synthesis: '' }), '0 fates'],
    ['that forgets a note', (request) => ({ ...answerOf(request), fates: [] }), '0 fates'],
    [
      'that tells a fate twice',
      (request) => ({ ...answerOf(request), fates: [...answerOf(request).fates, ...answerOf(request).fates] }),
      '2 fates',
    ],
    [
      'that tells of a note there is not',
      (request) => ({ ...answerOf(request), fates: [...answerOf(request).fates, { note: 'x', fate: 'integrated' }] }),
      'no note x',
    ],
    [
      'that carries a note in two edits',
      (request) => ({ ...answerOf(request), edits: [...answerOf(request).edits, ...answerOf(request, 'b.md').edits] }),
      '2 edits carry',
    ],
    [
      'that carries a discarded note',
      (request) => ({ ...answerOf(request), fates: everyFate(request.notes, { fate: 'discarded', reason: 'r' }) }),
      '1 edits carry',
    ],
    ['that leaves the bank', (request) => answerOf(request, '../_rules.md'), 'stays inside'],
    ['that hides a character in a name', (request) => answerOf(request, 'a\u200B.md'), 'invisible'],
    [
      'that edits a document there is not',
      (request) => answerOf(request, 'none.md', { operation: 'append_to_section', section: 's', heading: 'h' }),
      'no such document',
    ],
    [
      'that names a section there is not',
      (request) => answerOf(request, 'there.md', { operation: 'append_to_section', section: 's', heading: 'h' }),
      'Here',
    ],
    ['that creates a document over another', (request) => answerOf(request, 'there.md'), 'already'],
    [
      'that empties a document',
      (request) => answerOf(request, 'there.md', { operation: 'rewrite', content: ' ' }),
      'needs content',
    ],
  ];

  it.each(faulty)(
    '%s is asked for twice more with the fault, changes nothing, and sets the note aside',
    async (_, propose, reason) => {
      const asked: (readonly string[] | undefined)[] = [];
      const test = await openMemory(answering((request) => (asked.push(request.faults), propose(request))));
      await test.memory.bank.write({ space: 'alpha', actor: 'me', filename: 'there.md', content: '# Here\n\ntext\n' });
      const { filename } = await test.note('a fact');
      const before = await test.keys();
      const report = await test.consolidate();
      expect(report).toMatchObject({ status: 'failed', notesProcessed: 0, commits: [], notesSetAside: [{ filename }] });
      expect(report.notesSetAside[0]?.reason).toContain(reason);
      expect(report.operationFailures.length).toBeGreaterThanOrEqual(3);
      expect(asked).toHaveLength(3);
      expect(asked[0]).toBeUndefined();
      expect(asked[2]?.join()).toContain(reason);
      expect(await test.keys()).toEqual(before);
    },
  );

  it('is mended where the second answer is right', async () => {
    let calls = 0;
    const test = await openMemory(answering((request) => (++calls === 1 ? {} : answerOf(request))));
    await test.note('a fact');
    expect(await test.consolidate()).toMatchObject({ status: 'ok', notesProcessed: 1 });
  });

  it('halves the batch until the one note at fault is alone: the others are integrated', async () => {
    const test = await openMemory(
      answering((request) => (request.notes.some(({ content }) => content === 'bad') ? {} : answerOf(request))),
    );
    for (const content of ['a', 'b', 'bad', 'c', 'd']) await test.note(content);
    const report = await test.consolidate();
    expect(report).toMatchObject({ status: 'partial', notesProcessed: 4, notesSetAside: [{}] });
    expect((await test.memory.notes.read({ space: 'alpha' })).notes.map(({ content }) => content)).toEqual(['bad']);
  });
});

describe('notes that fill more than one commit', () => {
  it('are halved into what one holds: quotes and control characters grow in JSON', async () => {
    const discard = { fate: 'discarded', reason: 'noise' };
    const test = await openMemory(
      answering(({ notes }) => ({ edits: [], fates: everyFate(notes, discard), synthesis: '' })),
    );
    for (let n = 0; n < 30; n++) await test.note('\u0001'.repeat(99_000));
    const report = await test.consolidate();
    expect(report).toMatchObject({ status: 'ok', notesProcessed: 30, notesSetAside: [] });
    expect(report.commits.length).toBeGreaterThan(1);
    expect((await test.memory.notes.read({ space: 'alpha' })).notes).toEqual([]);
  });
});

describe('two consolidations at once', () => {
  it('share the notes, and both say that all went well', async () => {
    const test = await openMemory();
    await importMany(test, 450);
    const reports = await Promise.all(
      [test, ...[1, 2, 3].map(() => ({ memory: test.another() }))].map(({ memory }) =>
        memory.bank.consolidate({ space: 'alpha' }),
      ),
    );
    expect(reports.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(reports.reduce((sum, { notesProcessed }) => sum + notesProcessed, 0)).toBe(450);
    expect(await keysOf(test.store, 'alpha/live/')).toEqual([]);
  });
});

describe('a consolidator that fails', () => {
  it('before anything is committed fails the call, and changes nothing', async () => {
    const test = await openMemory(answering(() => Promise.reject(new ConsolidatorUnavailableError('no answer'))));
    await test.note('a fact');
    const before = await test.keys();
    await expect(test.consolidate()).rejects.toBeInstanceOf(ConsolidatorUnavailableError);
    expect(await test.keys()).toEqual(before);
  });

  it('after a commit leaves that commit, and says what stopped it', async () => {
    let calls = 0;
    const test = await openMemory(
      answering((request) =>
        ++calls === 1 ? answerOf(request) : Promise.reject(new ConsolidatorUnavailableError('no answer')),
      ),
    );
    await importMany(test, 250);
    expect(await test.consolidate()).toMatchObject({
      status: 'partial',
      notesProcessed: 200,
      warnings: [{ kind: 'stopped', detail: 'no answer' }],
    });
    expect(await keysOf(test.store, 'alpha/live/')).toHaveLength(50);
  });

  it('stops when the caller cancels: nothing more is asked', async () => {
    const stop = new AbortController();
    const test = await openMemory(answering((request) => (stop.abort(), answerOf(request))));
    await importMany(test, 250);
    const report = await test.memory.bank.consolidate({ space: 'alpha', actor: 'me', signal: stop.signal });
    expect(report).toMatchObject({ status: 'partial', notesProcessed: 200, warnings: [{ kind: 'cancelled' }] });
    await expect(
      test.memory.bank.consolidate({ space: 'alpha', actor: 'me', signal: stop.signal }),
    ).rejects.toBeInstanceOf(CancelledError);
  });
});

async function importMany({ memory }: Awaited<ReturnType<typeof openMemory>>, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      timestamp: new Date(Date.UTC(2025, 0, 1, 0, n)).toISOString(),
      agent: 'a',
      category: 'todo',
      content: `n${n}`,
    }),
  );
  await memory.notes.import({ space: 'alpha', lines });
}

type Request = Parameters<Consolidator['propose']>[0];

/** A right answer, in one edit, which may be made wrong. */
function answerOf({ notes, documents }: Request, filename = 'notes.md', wrong: object = {}) {
  const ids = notes.map(({ id }) => id);
  const text = documents.find((document) => document.filename === 'notes.md')?.text ?? '';
  const operation = filename === 'notes.md' && text !== '' ? 'rewrite' : 'create';
  return {
    edits: [{ operation, filename, content: `${text}${ids.join('\n')}\n`, notes: ids, ...wrong }],
    fates: everyFate(notes, { fate: 'integrated' }),
    synthesis: '',
  };
}
