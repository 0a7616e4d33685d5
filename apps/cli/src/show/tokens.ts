import type { Page } from '../page.ts';
import type { AnswerOf } from './answers.ts';

const HASH_DIGITS = 16;

/** A new token: it is told this once, on a line of its own. */
export function showNewToken(made: Omit<AnswerOf<'admin_create_token'>, 'status'>, page: Page): string {
  const { paint } = page;
  const spaces = made.space_ids.join(', ') || 'no space';
  const until =
    made.expires_at === undefined ? 'for ever' : `until ${made.expires_at.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    page.prose(`${paint.good('✓')} ${page.text(made.name)} may ${made.permissions.join(', ')} in ${spaces}, ${until}.`),
    ...(made.warning === undefined ? [] : [`${paint.warn('!')} ${made.warning}`]),
    page.prose('The token is shown this once: keep it like a password.'),
    '',
    made.token,
    '',
    paint.dim(`live-mem token revoke ${shortHash(made.hash)} ends it`),
  ].join('\n');
}

/** All tokens. */
export function showTokens({ tokens, total, next_cursor }: AnswerOf<'admin_list_tokens'>, page: Page): string {
  const { paint } = page;
  if (tokens.length === 0)
    return total === 0 ? `No tokens. ${paint.name('live-mem token create NAME')} makes one.` : 'No more tokens.';
  const rows = tokens.map((token) => [
    shortHash(token.hash),
    paint.bold(page.text(token.name)),
    stateOf(token, page),
    token.last_used_at === undefined ? 'never' : page.ago(token.last_used_at),
    page.text(token.space_ids.join(', ')),
  ]);
  const more = next_cursor === undefined ? [] : [paint.dim(`go on with --cursor ${next_cursor}`)];
  return [page.table(['hash', 'name', 'may', 'used', 'spaces'], rows), ...more].join('\n');
}

/** What it may do, or why it may nothing. */
function stateOf(
  { state, kind, permissions, expires_at: ends }: AnswerOf<'admin_list_tokens'>['tokens'][number],
  { paint }: Page,
): string {
  if (state !== 'active') return paint.bad(state);
  const may = strongest(permissions);
  const badge = kind === 'space_badge' ? ', badge' : '';
  return `${may}${badge}${ends === undefined ? '' : `, until ${ends.slice(0, 10)}`}`;
}

/** Each includes those before it; the order in which they were given says nothing. */
function strongest(permissions: readonly string[]): string {
  return ['admin', 'manage', 'write', 'read'].find((one) => permissions.includes(one)) ?? 'nothing';
}

/** As many digits as tell a token from all others, in practice. */
function shortHash(hash: string): string {
  return hash.replace('sha256:', '').slice(0, HASH_DIGITS);
}
