import type { Parts } from '../log/open-space.ts';

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
 * Adds a space to the token of this hash. Nothing to do where it is gone, or has it. Cost: see {@link TokenRegistry.change}.
 * @param only asked after each reading of the registry, before the write: the id may be another space's by now
 */
export async function openSpaceTo(
  { tokens }: Parts,
  space: string,
  hash: string,
  only?: () => Promise<boolean>,
): Promise<void> {
  await tokens.change(async (found) => {
    const lacking = found.tokens.find((token) => token.hash === hash && !token.space_ids.includes(space));
    if (!lacking || (only && !(await only()))) return undefined;
    const joined = { ...lacking, space_ids: [...lacking.space_ids, space] };
    return { ...found, tokens: found.tokens.map((token) => (token === lacking ? joined : token)) };
  });
}
