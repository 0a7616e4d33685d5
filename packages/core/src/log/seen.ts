import type { UnreadableObjectError } from '../errors.ts';
import type { Commit } from './commit.ts';
import type { DocumentPath } from './space-keys.ts';
import type { StoredMeta } from './space-meta.ts';
import type { StoredDocument } from './stored-documents.ts';

/** What was stored, and what the log says of it; in this order. */
export interface Seen {
  readonly head: Commit;
  /** Not known to be settled, the oldest first. */
  readonly unsettled: readonly Commit[];
  readonly stored: ReadonlyMap<DocumentPath, StoredDocument | UnreadableObjectError>;
  /** File names under `live/`; undefined where they were not listed. */
  readonly listed: ReadonlySet<string> | undefined;
  /** `_meta.json`; undefined where it was not looked at, or is not there. */
  readonly meta: StoredMeta | undefined;
  readonly isFresh: () => boolean;
}
