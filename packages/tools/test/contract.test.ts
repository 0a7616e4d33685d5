import { describe, expect, it } from '@jest/globals';
import { liveImport, type Tool, tools } from '@live-mem/tools';
import { z } from 'zod';

const named: readonly (readonly [string, Tool])[] = [...Object.entries(tools), ['live_import', liveImport]];

interface ObjectSchema {
  readonly type: 'object';
  readonly additionalProperties: boolean;
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, { readonly description?: string }>>;
}

const inputOf = ({ input }: Tool): ObjectSchema => z.toJSONSchema(input, { io: 'input' }) as unknown as ObjectSchema;

describe.each(named)('%s', (name, tool) => {
  it('has a name, a title, a purpose and the tool that comes next', () => {
    expect(tool.name).toBe(name);
    expect(tool.title).toMatch(/^[A-Z].{3,40}$/);
    expect(tool.description).toMatch(/^[A-Z][a-z]+s .*Next: /s);
  });

  it('says all four hints', () => {
    expect(Object.keys(tool.annotations).toSorted()).toEqual(['destructive', 'idempotent', 'openWorld', 'readOnly']);
  });

  it('has an input that is a strict JSON Schema, each parameter with its format and an example', () => {
    const { type, additionalProperties, properties } = inputOf(tool);
    expect({ type, additionalProperties }).toEqual({ type: 'object', additionalProperties: false });
    for (const { description } of Object.values(properties)) expect(description).toMatch(/Example: |"template:/);
  });

  it('has an output that is a strict JSON Schema with a status', () => {
    const output = z.toJSONSchema(tool.output) as unknown as ObjectSchema;
    expect(output).toMatchObject({ type: 'object', additionalProperties: false });
    expect(output.required).toContain('status');
  });
});

describe('the contract', () => {
  it.each([
    ['space_create', ['space_id', 'description', 'rules', 'owner'], ['space_id'], 'write'],
    ['space_list', [], [], 'read'],
    ['space_info', ['space_id'], ['space_id'], 'read'],
    ['space_rules', ['space_id'], ['space_id'], 'read'],
    ['space_summary', ['space_id'], ['space_id'], 'read'],
    [
      'live_note',
      ['space_id', 'category', 'content', 'tags', 'request_id'],
      ['space_id', 'category', 'content'],
      'write',
    ],
    ['live_read', ['space_id', 'limit', 'category', 'agent', 'since', 'cursor'], ['space_id'], 'read'],
    [
      'live_search',
      ['space_id', 'query', 'limit', 'category', 'agent', 'since', 'cursor'],
      ['space_id', 'query'],
      'read',
    ],
    ['bank_read', ['space_id', 'filename'], ['space_id', 'filename'], 'read'],
    ['bank_read_all', ['space_id'], ['space_id'], 'read'],
    ['bank_list', ['space_id'], ['space_id'], 'read'],
    ['bank_consolidate', ['space_id', 'agent', 'dry_run'], ['space_id'], 'write'],
    ['bank_write', ['space_id', 'filename', 'content'], ['space_id', 'filename', 'content'], 'manage'],
    ['bank_delete', ['space_id', 'filename', 'confirm'], ['space_id', 'filename'], 'manage'],
    ['bank_history', ['space_id', 'filename', 'limit', 'cursor'], ['space_id'], 'read'],
    ['bank_diff', ['space_id', 'commit', 'filename'], ['space_id', 'commit'], 'read'],
    ['bank_undo', ['space_id', 'commit', 'confirm'], ['space_id', 'commit'], 'manage'],
  ] as const)('%s takes %j', (name, parameters, required, permission) => {
    const schema = inputOf(tools[name]);
    expect(Object.keys(schema.properties)).toEqual(parameters);
    expect(schema.required ?? []).toEqual(required);
    expect(tools[name].permission).toBe(permission);
  });

  it('holds the tools that agents are offered, and not the import', () => {
    expect(Object.keys(tools)).toHaveLength(17);
    expect(Object.keys(tools)).not.toContain('live_import');
  });

  it('marks what only reads, and what takes away', () => {
    const which = (hint: 'readOnly' | 'destructive'): string[] =>
      named.filter(([, { annotations }]) => annotations[hint]).map(([name]) => name);
    expect(which('destructive')).toEqual(['bank_delete']);
    expect(which('readOnly')).toEqual(
      named.filter(([, { permission }]) => permission === 'read').map(([name]) => name),
    );
  });
});
