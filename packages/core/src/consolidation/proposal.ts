import { z } from 'zod';
import { documentOperations, sectionOperations } from '../bank/edit.ts';

const notes = z.array(z.string()).describe('ids of the notes this edit carries; each note in one edit at most');
const filename = z.string().describe('path of the document inside the bank, for instance "progress.md"');
const content = z.string().default('');

const sectionEdit = z.strictObject({
  operation: z.enum(sectionOperations),
  filename,
  section: z.string().describe('id of the section, as the request gives it'),
  heading: z.string().describe('heading of that same section'),
  content,
  notes,
});
const documentEdit = z.strictObject({ operation: z.enum(documentOperations), filename, content, notes });

const fate = z.discriminatedUnion('fate', [
  z.strictObject({ note: z.string(), fate: z.literal('integrated') }),
  z.strictObject({ note: z.string(), fate: z.literal('discarded'), reason: z.string().min(1) }),
]);

const usage = z.strictObject({ prompt: z.number().int().min(0), completion: z.number().int().min(0) });

/** Tokens an answer took, whatever else is wrong with it. */
export function tokensOf(answer: unknown): { readonly prompt: number; readonly completion: number } {
  const told = z.object({ usage }).safeParse(answer);
  return told.success ? told.data.usage : { prompt: 0, completion: 0 };
}

/** What a consolidator must answer. Anything else is a fault, and nothing of it is applied. */
export const proposalSchema: z.ZodType<Proposal> = z.strictObject({
  edits: z.array(z.union([sectionEdit, documentEdit])),
  fates: z.array(fate),
  synthesis: z.string(),
  usage: usage.optional(),
});

/** What a consolidator proposes. See {@link proposalSchema} for its form. */
export interface Proposal {
  /** In order; all of one document apply to its text as the request gave it. */
  readonly edits: readonly ProposedEdit[];
  /** One for every note of the request. An integrated note is named by exactly one edit. */
  readonly fates: readonly NoteFate[];
  /** The new synthesis, whole; empty: it stays as it is. */
  readonly synthesis: string;
  /** Tokens, where a model was asked. */
  readonly usage?: { readonly prompt: number; readonly completion: number } | undefined;
}

/** One edit of a document. */
export type ProposedEdit = ProposedSectionEdit | ProposedDocumentEdit;

/** An edit of one section, addressed by its id and its heading. */
export interface ProposedSectionEdit {
  readonly operation: (typeof sectionOperations)[number];
  readonly filename: string;
  /** Id of the section, as the request gives it. */
  readonly section: string;
  readonly heading: string;
  readonly content: string;
  readonly notes: readonly string[];
}

/** A document created, written anew or deleted. */
export interface ProposedDocumentEdit {
  readonly operation: (typeof documentOperations)[number];
  readonly filename: string;
  readonly content: string;
  readonly notes: readonly string[];
}

/** What became of one note. */
export type NoteFate =
  | { readonly note: string; readonly fate: 'integrated' }
  | { readonly note: string; readonly fate: 'discarded'; readonly reason: string };
