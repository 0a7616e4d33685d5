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
    ['bank_diff', ['space_id', 'commit', 'from', 'filename'], ['space_id', 'commit'], 'read'],
    ['space_badge_mint', ['space_id', 'client_name'], ['space_id', 'client_name'], 'write'],
    ['space_update', ['space_id', 'description', 'owner'], ['space_id'], 'write'],
    ['space_update_rules', ['space_id', 'rules'], ['space_id', 'rules'], 'manage'],
    ['space_export', ['space_id'], ['space_id'], 'read'],
    ['space_delete', ['space_id', 'confirm'], ['space_id'], 'manage'],
    ['space_redact', ['space_id', 'text', 'dry_run'], ['space_id', 'text'], 'manage'],
    ['bank_stale_spaces', ['min_notes', 'min_age_days', 'space_ids'], [], 'read'],
    ['bank_repair', ['space_id', 'dry_run'], ['space_id'], 'manage'],
    ['bank_trace', ['space_id', 'filename', 'heading', 'limit'], ['space_id', 'filename'], 'read'],
    ['bank_trim', ['space_id', 'older_than_days', 'dry_run'], ['space_id'], 'manage'],
    ['backup_create', ['space_id', 'description'], [], 'write'],
    ['backup_list', ['space_id'], [], 'read'],
    ['backup_verify', ['backup_id'], ['backup_id'], 'read'],
    ['backup_restore', ['backup_id', 'as', 'confirm'], ['backup_id'], 'manage'],
    ['backup_download', ['backup_id'], ['backup_id'], 'read'],
    ['backup_delete', ['backup_id', 'confirm'], ['backup_id'], 'manage'],
    [
      'admin_create_token',
      ['name', 'permissions', 'space_ids', 'expires_in_days', 'email'],
      ['name', 'permissions'],
      'admin',
    ],
    ['admin_list_tokens', ['name_contains', 'has_space', 'include_revoked', 'limit', 'cursor'], [], 'admin'],
    ['admin_revoke_token', ['token_hash'], ['token_hash'], 'admin'],
    ['admin_delete_token', ['token_hash'], ['token_hash'], 'admin'],
    ['admin_purge_tokens', ['revoked_only', 'confirm'], [], 'admin'],
    [
      'admin_update_token',
      ['token_hash', 'space_ids', 'permissions', 'email', 'space_ids_add', 'space_ids_remove'],
      ['token_hash'],
      'admin',
    ],
    [
      'admin_bulk_update_tokens',
      [
        'names',
        'name_contains',
        'has_space',
        'permissions',
        'email',
        'space_ids_add',
        'space_ids_remove',
        'include_revoked',
      ],
      [],
      'admin',
    ],
    ['admin_gc_notes', ['space_id', 'max_age_days', 'confirm', 'delete_only'], [], 'admin'],
    ['system_whoami', [], [], 'any'],
    ['bank_undo', ['space_id', 'commit', 'confirm'], ['space_id', 'commit'], 'manage'],
  ] as const)('%s takes %j', (name, parameters, required, permission) => {
    const schema = inputOf(tools[name]);
    expect(Object.keys(schema.properties)).toEqual(parameters);
    expect(schema.required ?? []).toEqual(required);
    expect(tools[name].permission).toBe(permission);
  });

  it('holds the tools that agents are offered, and not the import', () => {
    expect(Object.keys(tools)).toHaveLength(42);
    expect(Object.keys(tools)).not.toContain('live_import');
  });

  it('marks what only reads, and what takes away', () => {
    const which = (hint: 'readOnly' | 'destructive'): string[] =>
      named.filter(([, { annotations }]) => annotations[hint]).map(([name]) => name);
    expect(which('destructive')).toEqual([
      'space_delete',
      'space_redact',
      'bank_delete',
      'bank_trim',
      'backup_restore',
      'backup_delete',
      'admin_revoke_token',
      'admin_delete_token',
      'admin_purge_tokens',
      'admin_gc_notes',
    ]);
    const onlyRead = named.filter(
      ([name, { permission }]) => permission === 'read' || ['system_whoami', 'admin_list_tokens'].includes(name),
    );
    expect(which('readOnly')).toEqual(onlyRead.map(([name]) => name));
  });
});
