import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { envExample, settingDescriptions } from '@live-mem/wiring';

const read = (): Promise<string> => readFile(new URL('../../../.env.example', import.meta.url), 'utf8');

describe('.env.example', () => {
  it('is what the descriptions of the settings say; live-mem init writes the same', async () => {
    expect(await read()).toBe(envExample());
  });

  it('holds every setting, and no other', async () => {
    const named = [...(await read()).matchAll(/^# ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(Object.keys(settingDescriptions).toSorted());
  });

  it('changes nothing: every line is a comment', async () => {
    const lines = (await read()).split('\n').filter((line) => line !== '');
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual([]);
  });
});
