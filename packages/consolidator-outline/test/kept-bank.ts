import {
  applySectionEdits,
  type ConsolidationRequest,
  type Consolidator,
  type Proposal,
  type ProposedEdit,
  type ProposedSectionEdit,
  type RequestDocument,
  type RequestNote,
  readSections,
  rulesTemplates,
} from '@live-mem/core';
import { createOutlineConsolidator, type Entry, entries } from '../src/index.ts';

/** A bank that proposals are applied to, as the core does it. */
export interface KeptBank {
  readonly documents: Map<string, string>;
  synthesis: string | undefined;
  request(notes: readonly RequestNote[]): ConsolidationRequest;
  consolidate(notes: readonly RequestNote[]): Promise<Proposal>;
  entries(): Entry[];
}

export function keptBank(
  rules: string = rulesTemplates['software-project'],
  texts: Readonly<Record<string, string>> = {},
): KeptBank {
  const consolidator: Consolidator = createOutlineConsolidator();
  const documents = new Map(Object.entries(texts));
  const bank: KeptBank = {
    documents,
    synthesis: undefined,
    request: (notes) => ({ space: 'alpha', rules, synthesis: bank.synthesis, documents: read(documents), notes }),
    async consolidate(notes) {
      const request = bank.request(notes);
      const proposal = await consolidator.propose(request);
      for (const document of request.documents) documents.set(document.filename, applied(document, proposal.edits));
      for (const edit of proposal.edits) if (!('section' in edit)) documents.set(edit.filename, edit.content);
      bank.synthesis = proposal.synthesis === '' ? bank.synthesis : proposal.synthesis;
      return proposal;
    },
    entries: () => [...documents.values()].flatMap(entries),
  };
  return bank;
}

function read(documents: ReadonlyMap<string, string>): RequestDocument[] {
  return [...documents]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([filename, text]) => ({ filename, text, sections: readSections(text, drawIds()) }));
}

function drawIds(): () => string {
  let drawn = 0;
  return () => `s${(drawn += 1)}`;
}

function applied({ filename, text, sections }: RequestDocument, edits: readonly ProposedEdit[]): string {
  const own = edits.filter((edit): edit is ProposedSectionEdit => 'section' in edit && edit.filename === filename);
  const edited = applySectionEdits(text, sections, own);
  if (edited.refused.length > 0) throw new Error(`refused in ${filename}`, { cause: edited.refused });
  return edited.text;
}
