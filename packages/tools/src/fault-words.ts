import type { z } from 'zod';

/** What a parameter must be, by the name zod has for it. */
const kinds: Readonly<Record<string, string>> = {
  string: 'must be a text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object with the parameters as its fields',
};

/** What is wrong with an input, in plain words, for whatever rule has no words of its own. */
export function faultWords(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'is missing' : (kinds[issue.expected] ?? OTHERWISE);
  if (issue.code === 'too_small')
    return `must ${measured(issue.origin)} at least ${issue.minimum}${unitOf(issue.origin)}`;
  if (issue.code === 'too_big') return `must ${measured(issue.origin)} at most ${issue.maximum}${unitOf(issue.origin)}`;
  if (issue.code === 'unrecognized_keys')
    return `there is no parameter ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
  if (issue.code === 'invalid_value') return `must be ${issue.values.map((one) => JSON.stringify(one)).join(' or ')}`;
  return OTHERWISE;
}

const OTHERWISE = 'is not what this parameter takes: see its description';

function measured(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'have' : 'be';
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}
