import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { nodeFault } from '../src/node-version.ts';

describe('the version of Node', () => {
  it('that is needed is the one the package declares', async () => {
    const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
      readonly engines: { readonly node: string };
    };
    const [, oldest = ''] = /^>=(\d+\.\d+\.\d+)$/.exec(manifest.engines.node) ?? [];
    const [major = 0, minor = 0] = oldest.split('.').map(Number);
    expect(nodeFault(oldest)).toBeUndefined();
    expect(nodeFault(`${major}.${minor - 1}.9`)).toContain(`needs Node ${major}.${minor} or later`);
    expect(nodeFault(`${major - 1}.99.0`)).toContain(`this is ${major - 1}.99.0: install a later one`);
    expect(nodeFault(`${major + 1}.0.0`)).toBeUndefined();
  });
});
