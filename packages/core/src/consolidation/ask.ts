import { readSections } from '../bank/sections.ts';
import { CancelledError } from '../errors.ts';
import { filenameOfPath, RULES, SYNTHESIS } from '../log/space-keys.ts';
import type { StoredNote } from '../notes/note.ts';
import type { ConsolidationRequest, Consolidator, ProposeOptions, RequestDocument } from '../ports/consolidator.ts';
import type { NewId } from '../ports/ids.ts';
import { type Fault, type Judged, judge } from './judgement.ts';
import { tokensOf } from './proposal.ts';
import type { Tally } from './report.ts';

/** An answer with faults is asked for again so many times, with the faults. */
const ASKED_AGAIN = 2;

/** Texts of a space by path, and the notes to be put into them. */
export interface Material {
  readonly space: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly notes: readonly StoredNote[];
}

/** Asks for a proposal until one has no fault; the faults of the last one, where none has. */
export async function ask(
  consolidator: Consolidator,
  request: ConsolidationRequest,
  tally: Tally,
  options: ProposeOptions,
): Promise<Judged | readonly Fault[]> {
  let faults: readonly Fault[] = [];
  for (let attempt = 0; attempt <= ASKED_AGAIN; attempt++) {
    if (options.signal?.aborted) throw new CancelledError('the consolidation was cancelled');
    const told = faults.length > 0 ? { faults: faults.map(sentenceOf) } : {};
    const proposal = await consolidator.propose({ ...request, ...told }, options);
    const { prompt, completion } = tokensOf(proposal);
    tally.promptTokens += prompt;
    tally.completionTokens += completion;
    const judgement = judge(request, proposal);
    if (!judgement.faults) return judgement.judged;
    faults = judgement.faults;
    tally.failures.push(...faults);
  }
  return faults;
}

/** What a consolidator is asked: everything by the names and ids that its answer must use. */
export function requestOf({ space, texts, notes }: Material, newId: NewId): ConsolidationRequest {
  return {
    space,
    rules: texts.get(RULES) ?? '',
    synthesis: texts.get(SYNTHESIS),
    documents: [...texts].flatMap(([path, text]) => {
      const filename = filenameOfPath(path);
      return filename === undefined ? [] : [documentOf(filename, text, newId)];
    }),
    notes: notes.map(({ filename, timestamp, agent, category, tags, content }) => ({
      id: noteId(filename),
      timestamp,
      agent,
      category,
      tags,
      content,
    })),
  };
}

/** How a proposal names a note. */
export function noteId(filename: string): string {
  return filename.slice(0, -'.md'.length);
}

/** Sections are read when they are first looked at: a document nobody edits is never parsed. */
function documentOf(filename: string, text: string, newId: NewId): RequestDocument {
  let sections: RequestDocument['sections'] | undefined;
  return {
    filename,
    text,
    get sections() {
      sections ??= readSections(text, newId);
      return sections;
    },
  };
}

function sentenceOf({ filename, operation, heading, reason }: Fault): string {
  const where = [filename, operation, heading === undefined ? undefined : `"${heading}"`].filter(Boolean).join(' ');
  return where === '' ? reason : `${where}: ${reason}`;
}
