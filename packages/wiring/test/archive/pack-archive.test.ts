import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as others } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { SpaceFile } from '@live-mem/core';
import { packArchive } from '@live-mem/wiring';
import { extract } from 'tar-stream';

const long = `${'ü'.repeat(60)}/${'日本'.repeat(40)}.md`;
const files: Readonly<Record<string, string>> = {
  '_meta.json': '{}\n',
  '_rules.md': '# Rules\n',
  'bank/empty.md': '',
  'bank/notes.md': 'a line, größer\n'.repeat(10_000),
  [`bank/${long}`]: 'long\n',
  'live/20260102T030405_a_todo_0123abcd.md': '---\n---\n\n\u{1f600}',
};

async function* given(from: Readonly<Record<string, string>> = files): AsyncGenerator<SpaceFile> {
  for (const [path, text] of Object.entries(from)) yield { path, text };
}

async function* failing(): AsyncGenerator<SpaceFile> {
  yield { path: 'a.md', text: 'a' };
  throw new Error('the store is gone');
}

async function packed(from: AsyncIterable<SpaceFile>, root = 'alpha'): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of packArchive(from, root)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function filesUnder(folder: string): Map<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    found.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const;
    }),
  );
}

describe('an archive', () => {
  it('is unpacked by tar as the files that were given, also empty ones and those with long names of any language', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'live-mem-archive-'));
    try {
      const file = join(folder, 'packed.tar.gz');
      writeFileSync(file, await packed(given()));
      execFileSync('tar', ['-xzf', file, '-C', folder], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
      rmSync(file);
      const expected = Object.entries(files).map(([path, text]) => [`alpha/${path}`, text] as const);
      expect(filesUnder(folder)).toEqual(new Map(expected));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is read by a library as plain files that everybody may read and only their owner may write', async () => {
    const reader = extract();
    reader.end(gunzipSync(await packed(given())));
    const read = new Map<string, string>();
    for await (const entry of reader) {
      expect(entry.header).toMatchObject({ type: 'file', mode: 0o644, uid: 0, gid: 0 });
      let text = '';
      for await (const chunk of entry) text += String(chunk);
      read.set(entry.header.name, text);
    }
    expect([...read.keys()]).toEqual(Object.keys(files).map((path) => `alpha/${path}`));
    expect(read.get('alpha/bank/empty.md')).toBe('');
  });

  it('of the same files is the same bytes: nothing in it tells when it was made', async () => {
    const archive = await packed(given());
    expect((await packed(given())).equals(archive)).toBe(true);
    // https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1: the time of a gzip member.
    expect(archive.readUInt32LE(4)).toBe(0);
    const reader = extract();
    reader.end(gunzipSync(archive));
    for await (const entry of reader) {
      expect(entry.header.mtime).toEqual(new Date(0));
      entry.resume();
    }
  });

  it('of nothing is a whole archive', async () => {
    expect(gunzipSync(await packed(given({}))).every((byte) => byte === 0)).toBe(true);
  });

  it.each(['../x.md', 'bank/../../x.md', '/etc/x.md', 'bank//x.md'])(
    'holds nothing that would leave its folder: %s',
    async (path) => {
      await expect(packed(given({ 'a.md': 'a', [path]: 'x' }))).rejects.toMatchObject({ code: 'UNREADABLE_OBJECT' });
    },
  );

  it('reads no further than it is taken: a slow reader holds few files in memory', async () => {
    let read = 0;
    async function* many(): AsyncGenerator<SpaceFile> {
      // Random, so that packing does not make them small.
      for (read = 0; read < 2_000; read++) yield { path: `live/${read}.md`, text: randomBytes(512).toString('hex') };
    }
    let taken = 0;
    for await (const chunk of packArchive(many(), 'alpha')) {
      taken += chunk.length;
      await others();
      // Some hundred kilobytes are what streams hold between them.
      expect(read * 500 - taken).toBeLessThan(400_000);
    }
    expect(read).toBe(2_000);
  });

  it('ends with the error of its files, not as a shorter archive', async () => {
    await expect(packed(failing())).rejects.toThrow('the store is gone');
  });

  it('that is not read to its end stops reading files', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<SpaceFile> {
      try {
        for (let n = 0; ; n++) yield { path: `live/${n}.md`, text: 'x'.repeat(10_000) };
      } finally {
        closed = true;
      }
    }
    for await (const _ of packArchive(endless(), 'alpha')) break;
    await others();
    expect(closed).toBe(true);
  });
});
