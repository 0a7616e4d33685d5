import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EcsObjectStoreSettings } from '@live-mem/store-ecs';
import { openPlace, type Place } from '../../apps/cli/test/run-in.ts';

interface Demo {
  readonly status: string;
  readonly configured: boolean;
  readonly notes: readonly { readonly content: string; readonly place: string }[];
  readonly files: readonly { readonly filename: string; readonly content: string }[];
}

interface Doctor {
  readonly status: string;
  readonly checks: readonly { readonly part: string; readonly result: string; readonly detail: string }[];
}

/** What the command does in a bucket, told as tests of the suite that calls this. */
export function commandOnS3(newBucket: () => Promise<EcsObjectStoreSettings>): void {
  let place: Place;
  let variables: Record<string, string>;
  beforeEach(async () => {
    place = await openPlace();
    variables = variablesOf(await newBucket());
  });
  afterEach(() => place.remove());

  /** What the command prints; it must end well. */
  async function run(line: string): Promise<string> {
    const { code, out, err } = await place.run(line, { variables });
    expect({ line, code, err }).toEqual({ line, code: 0, err: '' });
    return out;
  }

  it('shows the whole demonstration, as in a folder', async () => {
    const inFolder = (await place.json('demo --into memory')).answer as unknown as Demo;
    const inBucket = (await place.json('demo --configured', { variables })).answer as unknown as Demo;
    expect(inBucket).toMatchObject({ status: 'ok', configured: true });
    expect(inBucket.notes.map(({ content, place: at }) => [content, at])).toEqual(
      inFolder.notes.map(({ content, place: at }) => [content, at]),
    );
    // Ids of notes are drawn.
    const withoutIds = ({ filename, content }: Demo['files'][number]): string[] => [
      filename,
      content.replaceAll(/_[0-9a-f]{8}`/g, '`'),
    ];
    expect(inBucket.files.map(withoutIds)).toEqual(inFolder.files.map(withoutIds));
  });

  it('finds everything in order, and says so operation by operation', async () => {
    await place.run('demo --configured', { variables });
    const doctor = (await place.json('doctor', { variables })).answer as unknown as Doctor;
    expect(doctor.status).toBe('healthy');
    const parts = doctor.checks.map(({ part }) => part);
    expect(parts).toEqual(expect.arrayContaining(['HEAD bucket', 'LIST objects', 'PUT object', 'GET object']));
    expect(parts).toEqual(expect.arrayContaining(['HEAD object', 'COPY object', 'DELETE object', 'PUT if unchanged']));
  });

  it('says what is wrong, and ends with the code of a wrong setup', async () => {
    const wrong = { ...variables, S3_BUCKET_NAME: 'not-there' };
    const { code, out } = await place.run('doctor', { variables: wrong });
    expect(code).toBe(6);
    expect(out.match(/check S3_BUCKET_NAME, or create it/g)).toHaveLength(1);
    const { err } = await place.run('space list', { variables: wrong });
    expect(err).toContain('there is no such bucket: check S3_BUCKET_NAME');
    expect(err).not.toContain(variables['S3_ENDPOINT_URL']?.slice(7));
  });

  it('keeps, undoes, backs up, restores and lets in', async () => {
    await run('space create alpha');
    await run('note write alpha first -c decision');
    await run('bank consolidate alpha');
    const [backup = ''] = /alpha\/\S+/.exec(await run('backup create alpha')) ?? [];
    await run(`backup verify ${backup}`);
    await run('bank undo alpha 2 --yes');
    expect(await run('note read alpha')).toContain('first');
    await run(`backup restore ${backup} --as beta --yes`);
    expect(await run('bank read beta')).toContain('first');
    expect(await run('token create cline --permissions read --spaces beta')).toContain('lm_');
    await run('redact alpha first --yes');
    await run('space delete alpha --yes');
    expect(await run('space list')).not.toContain('alpha');
  });

  it('is copied into from a folder, and out of into another, byte for byte, with history', async () => {
    await place.run('space create alpha');
    await place.run('note write alpha first -c decision');
    await place.run('bank consolidate alpha');
    await place.run('note write alpha second -c todo');
    await place.run('token create cline --permissions read --spaces alpha');
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    await writeFile(join(place.folder, 'bucket.env'), lines.join('\n'));
    expect((await place.json('store copy --to bucket.env')).answer).toMatchObject({ status: 'ok' });
    expect((await place.json('store copy --to bucket.env')).answer).toMatchObject({ status: 'ok', copied: 0 });
    expect((await place.json('store copy --from bucket.env --to back')).answer).toMatchObject({ status: 'ok' });
    expect(await contentsOf(join(place.folder, 'back'))).toEqual(await contentsOf(join(place.folder, 'data')));
    expect(await place.run('bank undo alpha 2 --yes', { variables })).toMatchObject({ code: 0 });
    expect((await place.run('note read alpha', { variables })).out).toMatch(/second[^]*first|first[^]*second/);
  });
}

function variablesOf(settings: EcsObjectStoreSettings): Record<string, string> {
  return {
    S3_ENDPOINT_URL: settings.endpoint,
    S3_ACCESS_KEY_ID: settings.accessKeyId,
    S3_SECRET_ACCESS_KEY: settings.secretAccessKey,
    S3_BUCKET_NAME: settings.bucket,
    S3_REGION_NAME: settings.region,
    S3_SIGNATURE_MODE: settings.signatureMode ?? 'dual',
  };
}

/** Texts of all objects in a folder that holds a memory, by path. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const objects = paths.map((path) => path.slice(folder.length + 1)).filter((path) => !path.startsWith('.live-mem'));
  const texts = await Promise.all(objects.map(async (path) => [path, await readFile(join(folder, path), 'utf8')]));
  return Object.fromEntries(texts) as Record<string, string>;
}
