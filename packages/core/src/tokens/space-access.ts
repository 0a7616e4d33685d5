import { isAlive } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { parseInstant } from '../notes/instant.ts';

const JOIN_MS = 3_600_000;

/**
 * Takes a space out of all tokens. Where there are tokens, their registry is written anew even if none names the space: an
 * administrator who looked before, found the space there and was about to add it, then finds the registry changed and looks again.
 *
 * Cost: see {@link TokenRegistry.change}; without a registry nothing is written.
 * @param only asked after each reading of the registry, before the write
 * @returns false where `only` did not hold
 */
export async function closeSpace({ tokens }: Parts, space: string, only?: () => Promise<boolean>): Promise<boolean> {
  let holds = true;
  await tokens.change(async (found) => {
    holds = (await only?.()) ?? true;
    if (!holds || !found.exists) return undefined;
    return {
      ...found,
      tokens: found.tokens.map((token) => ({ ...token, space_ids: token.space_ids.filter((id) => id !== space) })),
    };
  });
  return holds;
}

/**
 * Adds a space to the token of this hash. Nothing to do where it is gone, or has it, or where the space is in another life by then: its id
 * may be somebody else's. Cost: see {@link TokenRegistry.change}, and the head after each reading of the registry.
 */
export async function openSpaceTo(
  { tokens }: Parts,
  { id, log }: OpenSpace,
  hash: string,
  life: string | undefined,
): Promise<void> {
  await tokens.change(async (found) => {
    const lacking = found.tokens.find((token) => token.hash === hash && !token.space_ids.includes(id));
    if (!lacking) return undefined;
    const head = await log.head();
    if (head?.life !== life || !head || !isAlive(head)) return undefined;
    const joined = { ...lacking, space_ids: [...lacking.space_ids, id] };
    return { ...found, tokens: found.tokens.map((token) => (token === lacking ? joined : token)) };
  });
}

/**
 * Whether a space was made within the hour: then its creator is let in again, as its process may have died before it was. Later, somebody may
 * have taken that away on purpose. No request but for the store's time.
 * @param at ISO 8601: when it was made
 */
export async function isJustMade({ storeTime }: Parts, at: string): Promise<boolean> {
  return (await storeTime()) - (parseInstant(at) ?? 0) < JOIN_MS;
}
