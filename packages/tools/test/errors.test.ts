import { describe, expect, it } from '@jest/globals';
import {
  CancelledError,
  InvalidInputError,
  ownerCaller,
  StoreRefusedError,
  StoreUnavailableError,
  WriteConflictError,
} from '@live-mem/core';
import { answerOfError, type Tool, tools } from '@live-mem/tools';
import { openTools } from './open-tools.ts';

const alpha = { space_id: 'alpha' };

async function answerTo(tool: keyof typeof tools, input: unknown): Promise<unknown> {
  const { memory, call } = openTools();
  await call(tools.space_create, alpha);
  const chosen: Tool = tools[tool];
  try {
    return await chosen.call(memory, input, { caller: ownerCaller('ann') });
  } catch (error) {
    return answerOfError(error);
  }
}

describe('an error', () => {
  it.each([
    ['live_read', { space_id: 'beta' }, 'not_found', 'SPACE_NOT_FOUND'],
    ['bank_read', { ...alpha, filename: 'no.md' }, 'not_found', 'DOCUMENT_NOT_FOUND'],
    ['bank_delete', { ...alpha, filename: 'no.md' }, 'not_found', 'DOCUMENT_NOT_FOUND'],
    ['bank_diff', { ...alpha, commit: 9 }, 'not_found', 'COMMIT_NOT_FOUND'],
    ['bank_undo', { ...alpha, commit: 9 }, 'not_found', 'COMMIT_NOT_FOUND'],
    ['bank_undo', { ...alpha, commit: 1, confirm: true }, 'conflict', 'UNDO_CONFLICT'],
    ['bank_undo', { ...alpha, commit: 1 }, 'error', 'CONFIRMATION_NEEDED'],
  ] as const)('of %s with %j has status %s and code %s', async (tool, input, status, code) => {
    expect(await answerTo(tool, input)).toMatchObject({ status, code });
  });

  it.each([
    ['space_info', {}, /^space_id: is missing$/],
    ['space_info', { space_id: '../x' }, /^space_id: takes letters/],
    ['space_info', { ...alpha, extra: 1 }, /^input: there is no parameter "extra"$/],
    ['space_info', { space_id: 7 }, /^space_id: must be a text$/],
    ['space_info', 'alpha', /^input: must be an object with the parameters as its fields$/],
    ['live_read', { ...alpha, limit: 0 }, /^limit: must be at least 1$/],
    ['live_read', { ...alpha, limit: 501 }, /^limit: must be at most 500$/],
    ['live_read', { ...alpha, limit: 1.5 }, /^limit: must be a whole number$/],
    ['live_read', { ...alpha, limit: '5' }, /^limit: must be a number$/],
    ['live_note', { ...alpha, category: 'todo' }, /^content: is missing$/],
    ['bank_delete', { ...alpha, filename: 'a.md', confirm: 'yes' }, /^confirm: must be true or false$/],
    ['bank_undo', { ...alpha, commit: -1 }, /^commit: must be at least 1$/],
    ['bank_history', {}, /^space_id: is missing$/],
    ['space_create', { space_id: 'b', rules: 'template:none' }, /no template "none"/],
    ['live_note', { ...alpha, category: 'idea', content: 'x' }, /^category: is no category: use one of observation/],
    ['live_note', { ...alpha, category: 'todo', content: '' }, /^content: is empty/],
    [
      'live_note',
      { ...alpha, category: 'todo', content: 'x'.repeat(100_001) },
      /^content: is longer than 100000 characters/,
    ],
    ['live_note', { ...alpha, category: 'todo', content: 'x', tags: 7 }, /^tags: takes words/],
    ['live_note', { ...alpha, category: 'todo', content: 'x', request_id: 'x'.repeat(201) }, /^request_id: /],
    ['live_read', { ...alpha, since: 'yesterday' }, /^since: is no ISO 8601 time/],
    ['live_read', { ...alpha, cursor: 'x' }, /^cursor: is no cursor/],
    ['live_search', { ...alpha, query: ' ' }, /^query: /],
    ['bank_read', { ...alpha, filename: '../x.md' }, /^filename: stays inside the bank/],
    ['bank_write', { ...alpha, filename: 'x.txt', content: '' }, /^filename: ends in .md/],
    ['bank_diff', { ...alpha, commit: 0 }, /^commit: /],
  ] as const)('of %s with %j names the parameter', async (tool, input, message) => {
    const answer = await answerTo(tool, input);
    expect(answer).toMatchObject({ status: 'error', code: 'INVALID_INPUT', remedy: 'fix-input' });
    expect((answer as { message: string }).message).toMatch(message);
  });

  it.each([
    [new WriteConflictError('k'), 'conflict', 'read-again'],
    [new StoreUnavailableError('no answer'), 'error', 'try-later'],
    [new StoreRefusedError('no access'), 'error', 'fix-setup'],
    [new CancelledError('stopped'), 'cancelled', 'try-later'],
    [new InvalidInputError([{ at: 'a', message: 'b' }]), 'error', 'fix-input'],
  ])('%s becomes status %s', (error, status, remedy) => {
    expect(answerOfError(error)).toEqual({ status, code: error.code, message: error.message, remedy });
  });

  it('of a lost race does not name what is stored where, which is for the log', () => {
    const error = new WriteConflictError('_system/tokens.json');
    expect(error.key).toBe('_system/tokens.json');
    expect(answerOfError(error).message).toBe('it was changed by others meanwhile; nothing was written');
  });

  it.each([[new Error('https://key:secret@host failed')], ['text'], [undefined], [{ code: 'SPACE_NOT_FOUND' }]])(
    'that nobody threw on purpose (%p) is told without its words',
    (error) => {
      const answer = answerOfError(error);
      expect(answer).toMatchObject({ status: 'error', code: 'INTERNAL', remedy: 'report' });
      expect(JSON.stringify(answer)).not.toContain('secret');
    },
  );
});
