import { z } from 'zod';
import type { Parts } from '../log/open-space.ts';
import { validate } from '../validate.ts';
import { createListSpaces, type ListedSpaces } from './describe-space.ts';
import { spaceId } from './space.ts';

const DAY = 86_400_000;
const MOST_SPACES = 10_000;

/** What {@link StaleSpaces} takes. */
export interface StaleSpacesInput {
  /** Live notes at least; 5. */
  readonly minNotes?: number | undefined;
  /** Days since the oldest of them, at least; 5. */
  readonly minAgeDays?: number | undefined;
  /** Only these, those that exist, 10,000 at most. Absent: all. */
  readonly spaces?: readonly string[] | undefined;
}

/** A space whose notes wait for a consolidation. */
export interface StaleSpace {
  readonly space: string;
  readonly notes: number;
  /** ISO 8601. */
  readonly oldest: string;
  /** Whole days since the oldest note. */
  readonly ageDays: number;
  readonly lastConsolidation?: string | undefined;
}

/** Spaces whose notes wait, the most notes first, and all that were looked at. */
export interface FoundStaleSpaces {
  readonly stale: readonly StaleSpace[];
  readonly scanned: readonly string[];
  readonly unreadable: ListedSpaces['unreadable'];
}

/** Finds spaces whose notes have been waiting for a consolidation. Cost: as {@link ListSpaces}. */
export type StaleSpaces = (input?: StaleSpacesInput) => Promise<FoundStaleSpaces>;

const inputSchema = z.strictObject({
  minNotes: z.number().int().min(1).max(1_000_000).default(5),
  minAgeDays: z.number().min(0).max(36_500).default(5),
  spaces: z.array(spaceId).max(MOST_SPACES).optional(),
});

/** See {@link StaleSpaces}. */
export function createStaleSpaces(parts: Parts): StaleSpaces {
  const listSpaces = createListSpaces(parts);
  return async function staleSpaces(input = {}) {
    const { minNotes, minAgeDays, spaces: only } = validate(inputSchema, input);
    const { spaces, unreadable } = await listSpaces({ only });
    const now = await parts.storeTime();
    const stale = spaces.flatMap(({ space, live, lastConsolidation }) => {
      const age = live.oldest === undefined ? -1 : (now - Date.parse(live.oldest)) / DAY;
      if (live.oldest === undefined || live.count < minNotes || age < minAgeDays) return [];
      const last = lastConsolidation === undefined ? {} : { lastConsolidation };
      return [{ space, notes: live.count, oldest: live.oldest, ageDays: Math.floor(age), ...last }];
    });
    return {
      stale: stale.toSorted((a, b) => b.notes - a.notes),
      scanned: spaces.map(({ space }) => space),
      unreadable,
    };
  };
}
