import { z } from 'zod';
import { ForbiddenError, SpaceNotFoundError } from '../errors.ts';
import { includesPermission, type Permission, permissions } from './permission.ts';
import { tokenHash } from './token-hash.ts';

/** Who calls, once that is known: what every surface hands to the one gate, {@link allow}. */
export interface Caller {
  /**
   * `owner`: whoever holds the store itself, for instance with the command. `badge`: a token of a day for one space. `bootstrap`: the
   * key from the environment, which may only create the first administrator.
   */
  readonly kind: 'owner' | 'token' | 'badge' | 'bootstrap';
  /** The agent: notes and commits bear this name. */
  readonly name: string;
  /** The highest one; undefined: none. */
  readonly permission: Permission | undefined;
  readonly spaces: 'all' | ReadonlySet<string>;
  /** `sha256:` and 64 hexadecimal digits; of tokens and badges. */
  readonly tokenHash?: string | undefined;
}

const shape = z.looseObject({
  kind: z.enum(['owner', 'token', 'badge', 'bootstrap']),
  name: z.string(),
  permission: z.enum(permissions).optional(),
  spaces: z.union([z.literal('all'), z.instanceof(Set)]),
  tokenHash: tokenHash.optional(),
});

/** Checks that it is a {@link Caller}: what is none could be taken for one that may do more than it may. */
export const anyCaller: z.ZodType<Caller> = z.custom<Caller>(
  (value) => shape.safeParse(value).success,
  'is no caller: authenticate says who calls',
);

/** Whoever holds the store: everything is allowed. */
export function ownerCaller(name: string): Caller {
  return { kind: 'owner', name, permission: 'admin', spaces: 'all' };
}

/** Whether the space is on the caller's list. */
export function mayEnter({ spaces }: Caller, space: string): boolean {
  return spaces === 'all' || spaces.has(space);
}

/**
 * The one gate that every surface goes through. A space that is not on the caller's list is not found, whether it exists or not;
 * forbidden is said only of a permission that the caller lacks in a space it may enter, or for what concerns no space. No request.
 * @throws {@link SpaceNotFoundError}
 * @throws {@link ForbiddenError}
 */
export function allow(caller: Caller, permission: Permission, space?: string): void {
  if (space !== undefined && !mayEnter(caller, space)) throw new SpaceNotFoundError(space);
  if (includesPermission(caller.permission, permission)) return;
  throw new ForbiddenError(`this token lacks the permission ${permission}: ask an administrator of this memory`);
}
