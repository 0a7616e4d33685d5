import { describe, expect, it } from '@jest/globals';
import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory, type LiveMemory, ownerCaller } from '@live-mem/core';
import { createEcsObjectStore } from '@live-mem/store-ecs';
import { tools } from '@live-mem/tools';
import { type Double, doubles } from '../../packages/store-ecs/test/double/start-double.ts';
import { settingsFor } from '../../packages/store-ecs/test/settings-for.ts';

const startDouble = doubles();
const space = { space_id: 'alpha' };
const context = { caller: ownerCaller('cline') };

type Call = (memory: LiveMemory) => Promise<unknown>;
const note: Call = (memory) =>
  tools.live_note.call(memory, { ...space, category: 'decision', content: 'We keep it in S3.' }, context);

/**
 * The table of "Services Cloud Temple" (Usage dans live-mem): what each tool asks of the store, and how it is signed. Beyond it go:
 * COPY, which is the PUT of a backup that does not move the text through this process; HEAD bucket, which tells the store's time once an
 * hour; both are signed as the table above that one says of their kind.
 */
const table: readonly (readonly [string, Call, readonly string[]])[] = [
  ['live_note', note, ['PUT object V2']],
  ['live_read', (memory) => tools.live_read.call(memory, space, context), ['LIST objects V4', 'GET object V2']],
  ['bank_read_all', (memory) => tools.bank_read_all.call(memory, space, context), ['LIST objects V4', 'GET object V2']],
  [
    'bank_consolidate',
    (memory) => tools.bank_consolidate.call(memory, space, context),
    ['LIST objects V4', 'GET object V2', 'PUT object V2', 'DELETE object V2'],
  ],
  [
    'backup_create',
    (memory) => tools.backup_create.call(memory, space, context),
    ['LIST objects V4', 'GET object V2', 'PUT object V2', 'COPY object V2', 'HEAD bucket V4'],
  ],
];

/** What a process that has just begun asks besides: the time, what the store can do, how far the log goes. */
const besides: Readonly<Record<string, readonly string[]>> = {
  live_note: ['HEAD bucket V4', 'LIST objects V4', 'GET object V2'],
  bank_consolidate: ['HEAD bucket V4'],
};

describe('what a tool asks of Dell ECS', () => {
  it.each(table)('%s: the operations of the table, with the signatures it names', async (_, call, expected) => {
    const double = await startDouble();
    await fill(double);
    // Another process, which remembers nothing but what the store can do and what time it is.
    const memory = memoryIn(double);
    await note(memory);
    double.forget();
    await call(memory);
    expect(asked(double)).toEqual(new Set(expected));
    expectForm(double);
  });

  it.each(table)(
    '%s in a process that has just begun: the row, and what such a process must find out',
    async (name, call, expected) => {
      const double = await startDouble();
      await fill(double);
      double.forget();
      await call(memoryIn(double));
      expect(asked(double)).toEqual(new Set([...expected, ...(besides[name] ?? [])]));
      const records = double.seen.filter(({ key }) => key?.startsWith('_system/abilities/'));
      expect(records.map(({ method }) => method)).toEqual(expected.includes('PUT object V2') ? ['GET'] : []);
      expectForm(double);
    },
  );

  it('in a process that has just begun, besides the time and the abilities of the store', async () => {
    const double = await startDouble();
    await tools.space_create.call(memoryIn(double), { ...space, description: 'd', rules: '' }, context);
    double.forget();
    await note(memoryIn(double));
    expect(double.seen.map(({ operation, signature }) => `${operation} ${signature}`).toSorted()).toEqual([
      'GET object V2',
      'GET object V2',
      'GET object V2',
      'HEAD bucket V4',
      'LIST objects V4',
      'PUT object V2',
    ]);
  });
});

function memoryIn(double: Double): LiveMemory {
  const store = createEcsObjectStore(settingsFor(double));
  return createLiveMemory({ store, consolidator: createOutlineConsolidator() });
}

/** A space with a bank and a live note. */
async function fill(double: Double): Promise<void> {
  const memory = memoryIn(double);
  await tools.space_create.call(memory, { ...space, description: 'd', rules: '# decisions.md\n' }, context);
  await note(memory);
  await tools.bank_consolidate.call(memory, space, context);
  await note(memory);
}

function asked({ seen }: Double): ReadonlySet<string> {
  return new Set(seen.map(({ operation, signature }) => `${operation} ${signature}`));
}

/** What every server but AWS minds. */
function expectForm({ seen, bucket }: Double): void {
  for (const { method, url, headers, status = 0 } of seen) {
    expect([200, 204, 404, 412]).toContain(status);
    expect(url.startsWith(`/${bucket}`)).toBe(true);
    expect(headers).not.toHaveProperty('x-amz-trailer');
    expect(Object.keys(headers).filter((name) => /checksum|decoded-content-length/.test(name))).toEqual([]);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['transfer-encoding']).toBeUndefined();
    expect('date' in headers && 'x-amz-date' in headers).toBe(false);
    const isPut = method === 'PUT' && !('x-amz-copy-source' in headers);
    expect('content-md5' in headers).toBe(isPut);
  }
}
