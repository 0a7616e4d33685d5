/** What a token may do; each includes those before it. */
export const permissions = ['read', 'write', 'manage', 'admin'] as const;
/** One of {@link permissions}. */
export type Permission = (typeof permissions)[number];

/** Whether `held` includes `wanted`; nothing includes nothing. */
export function includesPermission(held: Permission | undefined, wanted: Permission): boolean {
  return held !== undefined && permissions.indexOf(held) >= permissions.indexOf(wanted);
}

/** The highest of the permissions named; names nobody knows give nothing. */
export function highestPermission(names: readonly string[]): Permission | undefined {
  return permissions.findLast((permission) => names.includes(permission));
}
