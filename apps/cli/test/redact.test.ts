import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

const SECRET = 'hunter2-hunter2';
const STARS = '*'.repeat(SECRET.length);

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await place.run('space create alpha');
});
afterEach(() => place.remove());

describe('redact', () => {
  it('does not repeat the secret, where a name holds it neither, and ends with 1 where it is left', async () => {
    await place.run(['bank', 'write', 'alpha', `${SECRET}.md`, `the password is ${SECRET}`]);
    const dry = await place.json('redact alpha -', { stdin: SECRET });
    expect(dry).toMatchObject({
      code: 0,
      answer: { documents: [`${STARS}.md`], names: [`${STARS}.md`], dry_run: true },
    });
    const shown = await place.run('redact alpha -', { stdin: SECRET, terminal: true });
    const done = await place.run('redact alpha - --yes', { stdin: SECRET });
    expect(done).toMatchObject({ code: 1, out: expect.stringContaining('✗ alpha/_commits/') });
    expect(done.out).toContain(`! ${STARS}.md: its name holds the secret, and stays`);
    expect(JSON.stringify(dry) + shown.out + shown.err + done.out + done.err).not.toContain(SECRET);
    expect((await place.run(['bank', 'read', 'alpha', `${SECRET}.md`])).out).not.toContain(SECRET);
  });

  it.each([
    ['of several words', ['alpha', 'my', SECRET]],
    ['that looks like an option', ['alpha', `--${SECRET}`]],
  ])('does not repeat a secret %s in the error about it', async (_, words) => {
    const { code, out, err } = await place.run(['redact', ...words]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('stdin (-)');
    expect(err).not.toContain(SECRET);
  });

  it('writes nothing of the secret into the log', async () => {
    const variables = { LIVE_MEM_LOG: 'debug' };
    for (const words of ['redact nowhere -', 'redact alpha -', 'redact alpha - --yes']) {
      const { out, err } = await place.run(words, { stdin: SECRET, variables });
      expect(out + err).not.toContain(SECRET);
    }
  });
});
