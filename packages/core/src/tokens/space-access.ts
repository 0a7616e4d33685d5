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
  let isDone = false;
  await tokens.change(async (found) => {
    holds = (await only?.()) ?? true;
    if (!holds || !found.exists) return undefined;
    const named = found.tokens.some(({ space_ids }) => space_ids.includes(space));
    // Asked again after a lost answer: it may have been written, and then nothing is left to do.
    if (isDone && !named) return undefined;
    isDone = true;
    return {
      ...found,
      tokens: found.tokens.map((token) => ({ ...token, space_ids: token.space_ids.filter((id) => id !== space) })),
    };
  });
  return holds;
}

/** Adds a space to the token of this hash. Nothing to do where it is gone, or has it. Cost: see {@link TokenRegistry.change}. */
export async function openSpaceTo({ tokens }: Parts, space: string, hash: string): Promise<void> {
  await tokens.change(async (found) => {
    const lacking = found.tokens.find((token) => token.hash === hash && !token.space_ids.includes(space));
    if (!lacking) return undefined;
    const joined = { ...lacking, space_ids: [...lacking.space_ids, space] };
    return { ...found, tokens: found.tokens.map((token) => (token === lacking ? joined : token)) };
  });
}
