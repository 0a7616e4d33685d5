import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { BackupDamagedError, createLiveMemory, type LiveMemory } from '@live-mem/core';
import { createFsObjectStore } from '@live-mem/store-fs';
import { createService } from '../src/create-service.ts';

const bootstrapKey = 'the-key-that-the-operator-has-made-up';
const reported: unknown[] = [];
let folder = '';
let base = '';
let close = async (): Promise<void> => undefined;
let memory: LiveMemory;
let admin = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'http-service-'));
  const store = createFsObjectStore({ folder, durable: false });
  memory = createLiveMemory({ store, consolidator: createOutlineConsolidator(), bootstrapKey });
  ({ base, close } = await started(memory));
  admin = (await ask(bootstrapKey, 'POST', '/first-token', { name: 'ann' })).json.token;
  await ask(admin, 'POST', '/spaces', { space: 'desk' });
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

async function ask(token: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, connection: 'close', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

async function tokenFor(name: string, permission: string, spaces: readonly string[]): Promise<string> {
  return (await ask(admin, 'POST', '/tokens', { name, permissions: [permission], spaces })).json.token;
}

describe('a memory behind HTTP', () => {
  it('takes notes, files them and shows the documents', async () => {
    const note = { category: 'decision', content: 'Invoices are made again by the nightly job.', tags: ['invoices'] };
    expect(await ask(admin, 'POST', '/spaces/desk/notes', note)).toMatchObject({ status: 201, json: { agent: 'ann' } });
    const found = await ask(admin, 'GET', '/spaces/desk/notes?limit=5&category=decision');
    expect(found.json.notes).toMatchObject([{ agent: 'ann', content: note.content }]);
    const report = await ask(admin, 'POST', '/spaces/desk/consolidations');
    expect(report).toMatchObject({ status: 200, json: { status: 'ok', notesProcessed: 1 } });
    const document = await ask(admin, 'GET', '/spaces/desk/bank/decisions.md');
    expect(document.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(document.text).toContain(note.content);
    const summary = await ask(admin, 'GET', '/spaces/desk');
    expect(summary.json.documents.map(({ filename }: { filename: string }) => filename)).toEqual(['decisions.md']);
  });

  it('writes a note once however often the request is repeated', async () => {
    const note = { category: 'todo', content: 'Call the customer' };
    const key = { 'idempotency-key': 'ticket-4711' };
    const first = await ask(admin, 'POST', '/spaces/desk/notes', note, key);
    const again = await ask(admin, 'POST', '/spaces/desk/notes', note, key);
    expect(again.json.filename).toBe(first.json.filename);
    const other = await ask(admin, 'POST', '/spaces/desk/notes', { ...note, content: 'Another' }, key);
    expect(other).toMatchObject({ status: 400, json: { code: 'REQUEST_REUSED' } });
  });

  it('lets a writer consolidate what they wrote themselves, and a manager everything', async () => {
    await ask(admin, 'POST', '/spaces', { space: 'shared' });
    const [ben, eve] = [await tokenFor('ben', 'write', ['shared']), await tokenFor('eve', 'manage', ['shared'])];
    await ask(ben, 'POST', '/spaces/shared/notes', { category: 'issue', content: 'of ben' });
    await ask(admin, 'POST', '/spaces/shared/notes', { category: 'issue', content: 'of ann' });
    expect((await ask(ben, 'POST', '/spaces/shared/consolidations')).json.notesProcessed).toBe(1);
    expect((await ask(eve, 'POST', '/spaces/shared/consolidations')).json.notesProcessed).toBe(1);
  });

  it('takes backups, streams their files and restores them under another id', async () => {
    await ask(admin, 'POST', '/spaces', { space: 'kept' });
    await memory.bank.write({ space: 'kept', filename: 'brief.md', content: '# Brief\n\né 🧠\n' });
    const { backup } = (await ask(admin, 'POST', '/spaces/kept/backups', { description: 'before the move' })).json;
    expect((await ask(admin, 'GET', '/spaces/kept/backups')).json.backups).toMatchObject([{ backup, complete: true }]);
    const { text, headers } = await ask(admin, 'GET', `/spaces/${backup.replace('/', '/backups/')}`);
    expect(headers.get('content-type')).toMatch(/ndjson/);
    const files = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(files).toContainEqual({ path: 'bank/brief.md', text: '# Brief\n\né 🧠\n' });
    expect(text).not.toMatch(/sha256:[0-9a-f]{64}/);
    const restoring = `/spaces/${backup.replace('/', '/backups/')}/restorations`;
    expect(await ask(admin, 'POST', restoring, { as: 'moved' })).toMatchObject({
      status: 201,
      json: { verified: true },
    });
    expect((await ask(admin, 'GET', '/spaces/moved/bank/brief.md')).text).toBe('# Brief\n\né 🧠\n');
    expect(await ask(admin, 'POST', restoring, {})).toMatchObject({ status: 409, json: { code: 'SPACE_EXISTS' } });
  });
});

describe('the gate', () => {
  it('tells a stranger nothing but that the token is not valid', async () => {
    for (const path of ['/spaces/desk', '/spaces/nowhere', '/spaces/desk/backups']) {
      const { status, headers, json } = await ask('lm_unknown', 'GET', path);
      expect([status, json.code, headers.get('www-authenticate')]).toEqual([401, 'UNAUTHENTICATED', 'Bearer']);
    }
    expect((await fetch(`${base}/spaces/desk`, { headers: { connection: 'close' } })).status).toBe(401);
  });

  it('answers alike for a space that is not there and one that is not the caller’s', async () => {
    const ben = await tokenFor('ben', 'read', []);
    const answers = await Promise.all(['desk', 'none'].map((space) => ask(ben, 'GET', `/spaces/${space}`)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]?.text.replaceAll('desk', 'none')).toBe(answers[1]?.text);
  });

  it('forbids what the token does not allow, before the body is looked at', async () => {
    const ben = await tokenFor('ben', 'read', ['desk']);
    expect(await ask(ben, 'POST', '/spaces/desk/notes', '{')).toMatchObject({
      status: 403,
      json: { code: 'FORBIDDEN' },
    });
    expect((await ask(ben, 'POST', '/tokens', { name: 'x', permissions: ['admin'] })).status).toBe(403);
  });

  it('lets a revoked token in no more', async () => {
    const { token, hash } = (
      await ask(admin, 'POST', '/tokens', { name: 'eve', permissions: ['read'], spaces: ['desk'] })
    ).json;
    expect((await ask(token, 'GET', '/spaces/desk')).status).toBe(200);
    expect((await ask(admin, 'DELETE', `/tokens/${hash}`)).status).toBe(200);
    expect((await ask(token, 'GET', '/spaces/desk')).status).toBe(401);
  });

  it('opens nothing but the first administrator to the bootstrap key, and that once', async () => {
    expect((await ask(bootstrapKey, 'GET', '/spaces/desk')).status).toBe(404);
    expect((await ask(bootstrapKey, 'POST', '/tokens', { name: 'x', permissions: ['admin'] })).status).toBe(403);
    expect((await ask(bootstrapKey, 'POST', '/first-token', { name: 'x' })).status).toBe(403);
    expect((await ask(admin, 'POST', '/first-token', { name: 'x' })).status).toBe(403);
  });
});

describe('what is wrong with a request', () => {
  it.each([
    ['a body that is no JSON', 'POST', '/spaces/desk/notes', '{', 400, 'INVALID_INPUT'],
    ['a field that is missing', 'POST', '/spaces/desk/notes', { category: 'todo' }, 400, 'INVALID_INPUT'],
    [
      'a field nobody knows',
      'POST',
      '/spaces/desk/notes',
      { category: 'todo', content: 'x', agent: 'ben' },
      400,
      'INVALID_INPUT',
    ],
    ['a body that is too large', 'POST', '/spaces/desk/notes', 'x'.repeat(5_000_000), 413, 'TOO_LARGE'],
    ['a document that is not there', 'GET', '/spaces/desk/bank/none.md', undefined, 404, 'DOCUMENT_NOT_FOUND'],
    [
      'a backup that is not there',
      'GET',
      '/spaces/desk/backups/2026-01-01T00-00-00',
      undefined,
      404,
      'BACKUP_NOT_FOUND',
    ],
    ['a path that is not encoded', 'GET', '/spaces/desk/bank/%FF', undefined, 400, 'INVALID_INPUT'],
    ['a route that is not there', 'GET', '/', undefined, 404, 'NO_SUCH_ROUTE'],
  ])('is told: %s', async (_, method, path, body, status, code) => {
    expect(await ask(admin, method, path, body)).toMatchObject({ status, json: { code } });
  });

  it('names every fault of a body', async () => {
    const { json } = await ask(admin, 'POST', '/spaces/desk/notes', { category: 'gossip', tags: 'x' });
    expect(json.faults.map(({ at }: { at: string }) => at)).toEqual(['category', 'content', 'tags']);
  });

  it('is never reported to the operator', () => expect(reported).toEqual([]));
});

describe('what is wrong with the service', () => {
  it('is reported, and told the caller as far as it concerns them', async () => {
    const path = await damagedBackup('hurt', '_meta.json');
    const { status, json } = await ask(admin, 'GET', path);
    expect([status, json.code, json.remedy]).toEqual([500, 'BACKUP_DAMAGED', 'report']);
    expect(reported.splice(0)).toEqual([expect.any(BackupDamagedError)]);
  });

  it('ends a stream that fails midway, so that nobody takes it for whole', async () => {
    const path = await damagedBackup('hurt-later', '_rules.md');
    await expect(ask(admin, 'GET', path)).rejects.toThrow('terminated');
    expect(reported.splice(0)).toEqual([expect.any(BackupDamagedError)]);
  });

  it('hides what nobody foresaw', async () => {
    const broken = { ...memory, tokens: { ...memory.tokens, authorize: () => Promise.reject(new Error('secret')) } };
    const service = await started(broken);
    const response = await fetch(`${service.base}/spaces/desk`, { headers: { connection: 'close' } });
    const text = await response.text();
    await service.close();
    expect([response.status, text]).toEqual([500, expect.not.stringContaining('secret')]);
    expect(reported.splice(0)).toEqual([new Error('secret')]);
  });
});

async function damagedBackup(space: string, file: string): Promise<string> {
  await ask(admin, 'POST', '/spaces', { space });
  const { backup } = (await ask(admin, 'POST', `/spaces/${space}/backups`)).json;
  await writeFile(join(folder, '_backups', backup, file), 'changed');
  return `/spaces/${backup.replace('/', '/backups/')}`;
}

async function started(over: LiveMemory): Promise<{ readonly base: string; readonly close: () => Promise<void> }> {
  const server = createService(over, (error) => reported.push(error));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    base: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
