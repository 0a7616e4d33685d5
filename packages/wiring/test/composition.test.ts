import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ownerCaller } from '@live-mem/core';
import { createMemoryObjectStore } from '@live-mem/core/memory';
import { createCountingIds, createManualClock } from '@live-mem/core/testing';
import { compose, createLogger, createPlainLogger, readSettings } from '@live-mem/wiring';

const settings = readSettings({ variables: {}, folder: tmpdir() });
const silent = createLogger('silent', () => undefined);

describe('the composition', () => {
  it('is a memory in the folder of the settings', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'live-mem-wiring-'));
    const { memory, store, consolidator } = await compose(
      readSettings({ variables: { LIVE_MEM_DATA: 'memory' }, folder }),
    );
    await memory.spaces.create({ space: 'alpha', actor: 'ann' });
    expect(await memory.spaces.info({ space: 'alpha' })).toMatchObject({ space: 'alpha' });
    expect((await store.probe()).location).toBe(join(folder, 'memory'));
    expect(consolidator.name).toBe('outline');
    await rm(folder, { recursive: true });
  });

  it('takes parts in place of those the settings choose', async () => {
    const clock = createManualClock();
    const store = createMemoryObjectStore({ now: clock.now });
    const consolidator = {
      name: 'mine',
      limits: { countTokens: () => 0 },
      propose: () => Promise.reject(new Error('unused')),
    };
    const made = await compose(settings, { store, consolidator, clock, newId: createCountingIds(), logger: silent });
    expect(made).toMatchObject({ store, consolidator, logger: silent, settings });
    await made.tools.space_create.call(made.memory, { space_id: 'alpha' }, { caller: ownerCaller('ann') });
    expect(await store.get('alpha/_rules.md')).toBeDefined();
  });
});

function failure(): Error {
  return new Error('outer', { cause: Object.assign(new TypeError('inner'), { code: 'EACCES', size: 1n }) });
}

describe('the logger', () => {
  it('writes one line of JSON for what is important enough, errors with their cause', () => {
    const lines: string[] = [];
    const logger = createLogger('warn', (line) => lines.push(line));
    logger.info('not told');
    logger.warn('told', { key: 'a\nb', cause: failure() });
    logger.error('worse', { size: 1n });
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.endsWith('\n') && line.trimEnd().split('\n').length === 1)).toBe(true);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time: expect.any(String),
      level: 'warn',
      message: 'told',
      key: 'a\nb',
      cause: { code: 'Error', message: 'outer', cause: { code: 'EACCES', message: 'inner' } },
    });
  });

  it('tells where errors came from at debug alone', () => {
    const lines: string[] = [];
    for (const level of ['info', 'debug'] as const)
      createLogger(level, (line) => lines.push(line)).warn('told', { cause: failure() });
    const [atInfo = '', atDebug = ''] = lines;
    expect(atInfo).not.toMatch(/stack|composition\.test/);
    expect(JSON.parse(atDebug)).toMatchObject({
      cause: { name: 'Error', stack: expect.stringContaining('composition.test'), cause: { name: 'TypeError' } },
    });
  });

  it('for people is one line for a kind of warning, in words', () => {
    const lines: string[] = [];
    const logger = createPlainLogger((line) => lines.push(line), { drifted: 'edits could not be taken in' });
    logger.warn('drifted', { space: 'alpha', cause: new Error('no access\n  at all') });
    logger.warn('drifted', { space: 'beta', cause: new Error('again') });
    logger.info('fine');
    logger.debug('fine');
    logger.error('unexpected', { cause: 'odd' });
    expect(lines).toEqual(['warning: edits could not be taken in: no access at all\n', 'error: unexpected: odd\n']);
  });
});
