import {
  CancelledError,
  type ConsolidationRequest,
  type Consolidator,
  type Proposal,
  type ProposeOptions,
} from '@live-mem/core';
import { changeDocument, createDocument, type DocumentChange } from './document-edits.ts';
import { type Entry, entries } from './entry.ts';
import { fileNotes } from './file-notes.ts';
import { type Outline, readRules } from './rules.ts';
import { writeSynthesis } from './synthesis.ts';
import { utf8Bytes } from './utf8-bytes.ts';

/**
 * A consolidator without a model: files every note, whole, under the heading that the rules give its category, newest first.
 * The same request has the same answer, always.
 */
export function createOutlineConsolidator(): Consolidator {
  // No tokenizer makes more tokens than there are bytes.
  return { name: 'outline', limits: { countTokens: utf8Bytes }, propose };
}

async function propose(request: ConsolidationRequest, { signal }: ProposeOptions = {}): Promise<Proposal> {
  if (signal?.aborted === true) throw new CancelledError('the consolidation was cancelled', { cause: signal.reason });
  const outline = readRules(request.rules);
  const bank = new Map(request.documents.map(({ filename, text }) => [filename, entries(text)]));
  const { filings, fates } = fileNotes(request, outline, bank);
  const changes = new Map<string, DocumentChange>();
  for (const [filename, list] of filings) {
    const document = request.documents.find((candidate) => candidate.filename === filename);
    const there = bank.get(filename) ?? [];
    const change = document
      ? changeDocument(document, there, list, outline.headingsOf(list[0]?.filename ?? filename))
      : createDocument(filename, outline.document(list[0]?.filename ?? filename), list);
    changes.set(filename, change);
  }
  const edits = [...changes.values()].flatMap((change) => change.edits);
  return { edits, fates, synthesis: synthesisOf(bank, changes, outline) };
}

/** Empty, which leaves the synthesis as it is, where the bank has no entries. */
function synthesisOf(
  bank: ReadonlyMap<string, readonly Entry[]>,
  changes: ReadonlyMap<string, DocumentChange>,
  { language }: Outline,
): string {
  const changed = [...changes].map(([filename, { text }]) => [filename, entries(text)] as const);
  const after = [...new Map([...bank, ...changed])].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return writeSynthesis(
    after.flatMap(([, list]) => list),
    language,
  );
}
