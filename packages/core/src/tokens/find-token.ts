import { InvalidInputError, TokenNotFoundError } from '../errors.ts';
import type { Registry } from './registry.ts';
import type { StoredToken } from './token.ts';

/**
 * The one token whose hash begins so.
 * @param prefix `sha256:` and at least 16 hexadecimal digits
 * @throws {@link TokenNotFoundError} there is none
 * @throws {@link InvalidInputError} there are several
 */
export function findToken({ tokens }: Registry, prefix: string): StoredToken {
  // A registry mended by hand may hold an entry twice: it must be possible to revoke it all the same.
  const [found, ...more] = tokens.filter(
    ({ hash }, at) => hash.startsWith(prefix) && tokens.findIndex((one) => one.hash === hash) === at,
  );
  if (!found) throw new TokenNotFoundError('no token has this hash: list the tokens there are');
  if (more.length === 0) return found;
  throw new InvalidInputError([{ at: 'hash', message: 'several tokens begin with it: give more digits' }]);
}

/** The registry with this token in place of the one of the same hash. */
export function withToken(registry: Registry, token: StoredToken): Registry {
  return { ...registry, tokens: registry.tokens.map((one) => (one.hash === token.hash ? token : one)) };
}
