import { expect, it } from '@jest/globals';
import { categories, permissions } from '@live-mem/core';
import { categoryWords, permissionWords } from '../src/commands/options.ts';

it('help names the categories and the permissions there are', () => {
  expect(categoryWords.split(/, | or /)).toEqual([...categories]);
  expect(permissionWords.split(', ')).toEqual([...permissions]);
});
