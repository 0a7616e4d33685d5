import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ask } from '../src/ask.ts';

/** What the question is answered with, typed into a terminal of its own. */
async function answerTo(typed: string): Promise<string | undefined> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const answer = ask(input, output, 'Do it? ');
  input.write(typed);
  return answer;
}

describe('a question', () => {
  it.each([
    ['y\r', 'y'],
    ['\r', ''],
    ['no, thanks\n', 'no, thanks'],
  ])('answered with %j gives %j', async (typed, answer) => {
    expect(await answerTo(typed)).toBe(answer);
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-C behind a letter', 'y\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('answered with %s gives nothing', async (_, typed) => {
    expect(await answerTo(typed)).toBeUndefined();
  });

  it('whose terminal goes away gives nothing', async () => {
    const input = new PassThrough();
    const answer = ask(input, new PassThrough(), 'Do it? ');
    input.end();
    expect(await answer).toBeUndefined();
  });
});
