import type { FoundNotes, Note } from '@live-mem/core';

/** A note as answers show it. */
export function noteOf({ filename, timestamp, agent, category, tags, content }: Note) {
  return { filename, timestamp, agent, category, tags: [...tags], content };
}

/** What an answer says of the notes it does not hold. */
export function pageOf({ total, totalExact, hasMore, nextCursor, unreadable }: Omit<FoundNotes, 'notes'>) {
  return {
    total,
    total_exact: totalExact ? undefined : (false as const),
    has_more: hasMore,
    next_cursor: nextCursor,
    unreadable: unreadable.length > 0 ? [...unreadable] : undefined,
  };
}
