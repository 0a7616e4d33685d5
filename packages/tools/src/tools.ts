import { bankConsolidate } from './bank/bank-consolidate.ts';
import { bankDelete } from './bank/bank-delete.ts';
import { bankDiff } from './bank/bank-diff.ts';
import { bankHistory } from './bank/bank-history.ts';
import { bankList } from './bank/bank-list.ts';
import { bankRead } from './bank/bank-read.ts';
import { bankReadAll } from './bank/bank-read-all.ts';
import { bankUndo } from './bank/bank-undo.ts';
import { bankWrite } from './bank/bank-write.ts';
import { liveNote } from './notes/live-note.ts';
import { liveRead } from './notes/live-read.ts';
import { liveSearch } from './notes/live-search.ts';
import { spaceCreate } from './spaces/space-create.ts';
import { spaceInfo } from './spaces/space-info.ts';
import { spaceList } from './spaces/space-list.ts';
import { spaceRules } from './spaces/space-rules.ts';
import { spaceSummary } from './spaces/space-summary.ts';

/** What agents are offered, by name. */
export const tools = {
  space_create: spaceCreate,
  space_list: spaceList,
  space_info: spaceInfo,
  space_rules: spaceRules,
  space_summary: spaceSummary,
  live_note: liveNote,
  live_read: liveRead,
  live_search: liveSearch,
  bank_read: bankRead,
  bank_read_all: bankReadAll,
  bank_list: bankList,
  bank_consolidate: bankConsolidate,
  bank_write: bankWrite,
  bank_delete: bankDelete,
  bank_history: bankHistory,
  bank_diff: bankDiff,
  bank_undo: bankUndo,
} as const;
