/** How an ETag must be written in `If-Match`: Dell ECS and Ceph want it bare, AWS and MinIO in quotes. */
export type TagForm = 'unquoted' | 'quoted';

/** What a store was found to do. */
export interface Abilities {
  /** Of several creations of one key at once, exactly one wins. */
  readonly createIfAbsent: boolean;
  /** How `If-Match` works; undefined: not at all. */
  readonly compareAndSwap: TagForm | undefined;
  readonly serverSideCopy: boolean;
}

/** Nothing can be tried where nothing may be written. */
export const unable: Abilities = { createIfAbsent: false, compareAndSwap: undefined, serverSideCopy: false };
