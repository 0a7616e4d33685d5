import { applySectionEdits } from '../bank/apply-section-edits.ts';
import { clashingName, documentName, documentText } from '../bank/document-name.ts';
import type { SectionEdit } from '../bank/edit.ts';
import type { ConsumedFate } from '../log/commit.ts';
import { pathOfFilename } from '../log/space-keys.ts';
import type { ConsolidationRequest, RequestDocument } from '../ports/consolidator.ts';
import { storedLength } from '../text.ts';
import { reasonOf } from '../validate.ts';
import { type Proposal, type ProposedEdit, type ProposedSectionEdit, proposalSchema } from './proposal.ts';

/** Bytes of the documents and notes of one commit, at most: leaves room for the rest of it. */
const MAX_TEXT_BYTES = 14 * 1024 * 1024;
const FAULTS_TOLD = 20;

/** Why an answer, or one edit of it, cannot be committed. */
export interface Fault {
  readonly filename?: string | undefined;
  readonly operation?: string | undefined;
  readonly heading?: string | undefined;
  readonly reason: string;
}

/** What a proposal that has no fault changes. */
export interface Judged {
  /** File name → text after, null to delete; only what differs. */
  readonly documents: ReadonlyMap<string, string | null>;
  /** By the ids of the notes. */
  readonly fates: ReadonlyMap<string, ConsumedFate>;
  /** Empty: stays as it is. */
  readonly synthesis: string;
  /** Edits that changed something, or said again what stands there. */
  readonly operations: number;
}

/** Either what is wrong with an answer, or what it changes. */
export type Judgement =
  | { readonly faults: readonly Fault[] }
  | { readonly faults?: undefined; readonly judged: Judged };

/**
 * Judges an answer without a model: its form, that each note is accounted for once, that every edit stays inside the bank and finds
 * its target. All of it, or nothing: an answer with a fault changes nothing.
 */
export function judge(request: ConsolidationRequest, answer: unknown): Judgement {
  const parsed = proposalSchema.safeParse(answer);
  if (!parsed.success)
    return { faults: [{ reason: `the answer has not the form asked for: ${reasonOf(parsed.error)}` }] };
  const proposal = parsed.data;
  const applied = applyEdits(request, proposal.edits);
  const faults = [...accountFaults(request, proposal), ...applied.faults, ...sizeFaults(request, applied.documents)];
  if (faults.length > 0) return { faults: faults.slice(0, FAULTS_TOLD) };
  const { documents } = applied;
  return {
    judged: { documents, fates: fatesOf(proposal), synthesis: proposal.synthesis, operations: proposal.edits.length },
  };
}

/** Each note has one fate; one that is integrated is carried by one edit, another by none. */
function accountFaults(request: ConsolidationRequest, { edits, fates }: Proposal): Fault[] {
  const known = new Set(request.notes.map(({ id }) => id));
  const carried = countBy(edits.flatMap(({ notes }) => notes));
  const told = countBy(fates.map(({ note }) => note));
  const faults: Fault[] = [];
  for (const id of new Set([...carried.keys(), ...told.keys()]))
    if (!known.has(id)) faults.push({ reason: `there is no note ${id}` });
  for (const { id } of request.notes) {
    if (told.get(id) !== 1) faults.push({ reason: `note ${id} has ${told.get(id) ?? 0} fates, not one` });
  }
  for (const { note, fate } of fates) {
    const expected = fate === 'integrated' ? 1 : 0;
    const found = carried.get(note) ?? 0;
    if (found !== expected) faults.push({ reason: `note ${note} is ${fate} but ${found} edits carry it` });
  }
  return faults;
}

function countBy(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

interface Applied {
  readonly documents: Map<string, string | null>;
  readonly faults: Fault[];
}

function applyEdits(request: ConsolidationRequest, edits: readonly ProposedEdit[]): Applied {
  const applied: Applied = { documents: new Map(), faults: [] };
  const documents = new Map(request.documents.map((document) => [document.filename, document]));
  for (const [filename, group] of Map.groupBy(edits, (edit) => edit.filename)) {
    const name = documentName.safeParse(filename);
    const faults = name.success
      ? []
      : [{ filename, reason: `the name ${name.error.issues[0]?.message ?? 'cannot be used'}` }];
    const document = documents.get(filename);
    const others = [...documents.keys(), ...applied.documents.keys()].filter((other) => other !== filename);
    const clash = document ? undefined : clashingName(filename, others);
    if (clash !== undefined)
      faults.push({ filename, reason: `the name differs from ${clash} by letter case or Unicode form alone` });
    const after = faults.length > 0 ? undefined : editDocument(group, document, faults);
    applied.faults.push(...faults);
    if (after !== undefined && after !== (document?.text ?? null)) applied.documents.set(filename, after);
  }
  return applied;
}

function editDocument(
  edits: readonly ProposedEdit[],
  document: RequestDocument | undefined,
  faults: Fault[],
): string | null | undefined {
  const sectionEdits = edits.filter(isSectionEdit);
  const [whole, second] = edits.filter((edit) => !isSectionEdit(edit));
  if (whole && (second || sectionEdits.length > 0))
    return void faults.push(faultOf(second ?? whole, 'a document that is written whole takes no other edit'));
  if (whole) return editWhole(whole, document, faults);
  if (!document)
    return void faults.push(...sectionEdits.map((edit) => faultOf(edit, 'there is no such document: create it')));
  const { text, refused } = applySectionEdits(document.text, document.sections, sectionEdits.map(toSectionEdit));
  for (const { edit, error } of refused) {
    const refusedEdit = sectionEdits[edit];
    if (refusedEdit) faults.push(faultOf(refusedEdit, error.message));
  }
  return text;
}

function editWhole(
  edit: ProposedEdit,
  document: RequestDocument | undefined,
  faults: Fault[],
): string | null | undefined {
  const wanted = edit.operation === 'create' ? 'absent' : 'present';
  if (wanted === 'absent' && document)
    return void faults.push(faultOf(edit, 'the document is there already: edit its sections'));
  if (wanted === 'present' && !document) return void faults.push(faultOf(edit, 'there is no such document'));
  if (edit.operation === 'delete') return null;
  if (edit.content.trim() === '') return void faults.push(faultOf(edit, 'a whole document needs content'));
  return edit.content;
}

function isSectionEdit(edit: ProposedEdit): edit is ProposedSectionEdit {
  return 'section' in edit;
}

function toSectionEdit({ operation, section, heading, content }: ProposedSectionEdit): SectionEdit {
  return { operation, section, heading, content };
}

function faultOf(edit: ProposedEdit, reason: string): Fault {
  const { filename, operation } = edit;
  return { filename, operation, reason, ...(isSectionEdit(edit) ? { heading: edit.heading } : {}) };
}

function sizeFaults({ notes }: ConsolidationRequest, documents: Applied['documents']): Fault[] {
  const faults: Fault[] = [];
  let total = notes.reduce((size, { content }) => size + storedLength(content), 0);
  for (const [filename, text] of documents) {
    total += storedLength(text ?? '');
    const fits = documentText.safeParse(text ?? '');
    if (!fits.success)
      faults.push({ filename, reason: `the document ${fits.error.issues[0]?.message ?? 'cannot be stored'}` });
  }
  if (total > MAX_TEXT_BYTES)
    faults.push({ reason: `the changed documents take ${total} bytes: change fewer at once` });
  return faults;
}

function fatesOf({ edits, fates }: Proposal): Map<string, ConsumedFate> {
  const carriers = new Map(edits.flatMap((edit) => edit.notes.map((note) => [note, edit] as const)));
  return new Map(
    fates.map((told): readonly [string, ConsumedFate] => {
      const edit = carriers.get(told.note);
      if (told.fate === 'discarded' || !edit)
        return [told.note, { fate: 'discarded', reason: 'reason' in told ? told.reason : '' }];
      const heading = isSectionEdit(edit) ? { heading: edit.heading } : {};
      return [told.note, { fate: 'integrated', path: pathOfFilename(edit.filename), ...heading }];
    }),
  );
}
