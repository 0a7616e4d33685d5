import { allow, type Caller, ForbiddenError, includesPermission, type Permission } from '@live-mem/core';

/** What a caller must be allowed to do: `read ⊂ write ⊂ manage ⊂ admin`. `any`: every token may call it. */
export type ToolPermission = 'any' | Permission;

/** What the gate knows of a tool. */
export interface Gated {
  readonly permission: ToolPermission;
  /** The key from the environment may call it too, to make the first administrator. */
  readonly bootstrap?: true | undefined;
  /** It reaches beyond the one space a badge is for, so that no badge may call it. */
  readonly beyondBadges?: true | undefined;
}

/** Whether a caller may ever call a tool: else it is not told of it. */
export function mayCall({ permission, bootstrap, beyondBadges }: Gated, { kind, ...caller }: Caller): boolean {
  if (kind === 'bootstrap') return bootstrap === true;
  if (kind === 'badge' && beyondBadges) return false;
  return permission === 'any' || includesPermission(caller.permission, permission);
}

/**
 * The gate before every tool. No request, so that nothing in the answer, nor how long it takes, tells of what is there.
 * @param space that the call is about; undefined: none
 * @throws {@link SpaceNotFoundError} it is not on the caller's list, whether it exists or not
 * @throws {@link ForbiddenError}
 */
export function enter(tool: Gated, caller: Caller, space: string | undefined): void {
  if (caller.kind === 'bootstrap' && !tool.bootstrap)
    throw new ForbiddenError('this key only makes the first administrator: call admin_create_token with it');
  if (caller.kind !== 'bootstrap' && tool.permission !== 'any') allow(caller, tool.permission, space);
  if (!mayCall(tool, caller)) throw new ForbiddenError('a badge is for one space and makes nothing beyond it');
}
