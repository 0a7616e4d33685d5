import { describe, expect, it } from '@jest/globals';
import { InvalidInputError, rulesTemplates, type TemplateName } from '@live-mem/core';
import { openMemory } from '../open-memory.ts';

const names = Object.keys(rulesTemplates) as TemplateName[];

describe('rules templates', () => {
  it('are six', () => {
    expect(names.join()).toBe('software-project,book,pre-sales,medical,product-management,company-steering');
    expect(new Set(Object.values(rulesTemplates)).size).toBe(6);
  });

  it.each(names)('give a space its rules by name: %s', async (name) => {
    const { memory } = await openMemory();
    await memory.spaces.create({ space: 'beta', rules: `template:${name}` });
    expect(await memory.spaces.rules({ space: 'beta' })).toBe(rulesTemplates[name]);
  });

  it('are listed to whoever asks for one that is not there', async () => {
    const { memory, keys } = await openMemory();
    const before = await keys();
    const making = memory.spaces.create({ space: 'beta', rules: 'template:novel' });
    await expect(making).rejects.toThrow(InvalidInputError);
    for (const name of names) await expect(making).rejects.toThrow(name);
    expect(await keys()).toEqual(before);
  });
});
