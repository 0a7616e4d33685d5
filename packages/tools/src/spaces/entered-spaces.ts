import type { Caller, LiveMemory } from '@live-mem/core';

/** For a listing of spaces: only those that the caller may enter. */
export function onlyThose({ spaces }: Caller): { readonly only?: readonly string[] } {
  return spaces === 'all' ? {} : { only: [...spaces] };
}

/** The ids of the spaces that there are and the caller may enter; those that cannot be read too, so that work on all tells of them. */
export async function enteredSpaces(memory: LiveMemory, caller: Caller): Promise<readonly string[]> {
  const { spaces, unreadable } = await memory.spaces.list(onlyThose(caller));
  return [...spaces, ...unreadable].map(({ space }) => space).toSorted();
}
