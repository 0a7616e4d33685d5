import type { StoredToken } from './token.ts';

/** Which tokens are meant: all that is given must hold. */
export interface TokenFilter {
  /** In whatever case; absent or empty: all. */
  readonly nameContains?: string | undefined;
  /** Only tokens that may enter this space. */
  readonly hasSpace?: string | undefined;
  readonly includeRevoked: boolean;
}

/** Whether a token is one of those that the filter means. */
export function matchesToken({
  nameContains = '',
  hasSpace,
  includeRevoked,
}: TokenFilter): (token: StoredToken) => boolean {
  const part = nameContains.toLowerCase();
  return ({ name, space_ids, revoked }) =>
    name.toLowerCase().includes(part) &&
    (hasSpace === undefined || space_ids.includes(hasSpace)) &&
    (includeRevoked || !revoked);
}
