import { type Caller, ownerCaller, type Permission } from '@live-mem/core';

/** Hash of the token that every caller with one has, and that created `alpha`. */
export const OWN_HASH = `sha256:${'a'.repeat(64)}`;

function token(permission: Permission | undefined, kind: 'token' | 'badge' = 'token', spaces = ['alpha']): Caller {
  return { kind, name: 'cline', permission, spaces: new Set(spaces), tokenHash: OWN_HASH };
}

/** Whoever may call, by what the tests call them; all with a list have `alpha` on it. */
export const callers = {
  'a token without a permission': token(undefined),
  'a token that reads': token('read'),
  'a token that writes': token('write'),
  'a token that manages': token('manage'),
  'a token that administers': token('admin'),
  'a badge': token('write', 'badge'),
  'an administrator without a space': token('admin', 'token', []),
  'the bootstrap key': { kind: 'bootstrap', name: 'bootstrap', permission: undefined, spaces: new Set<string>() },
  'the owner': ownerCaller('ann'),
} as const satisfies Record<string, Caller>;
