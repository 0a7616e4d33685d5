import type { Section } from '../bank/sections.ts';
import type { Proposal } from '../consolidation/proposal.ts';
import type { Category } from '../notes/note.ts';

/**
 * Turns notes into edits of documents: a language model, or an algorithm. It proposes and never writes; whether a proposal
 * is fit to be committed is judged by the core alone.
 */
export interface Consolidator {
  /** Name for reports and health, for instance `outline` or the model's name. */
  readonly name: string;
  readonly limits: ConsolidatorLimits;
  /**
   * @throws {@link ConsolidatorUnavailableError} no answer, or not in time
   * @throws {@link ConsolidatorRefusedError} key, model or quota are at fault
   * @throws {@link CancelledError} `signal` was aborted
   */
  propose(request: ConsolidationRequest, options?: ProposeOptions): Promise<Proposal>;
}

/** What fits one request. */
export interface ConsolidatorLimits {
  /** Tokens that a request and its answer may take together; absent: no limit. */
  readonly contextWindow?: number | undefined;
  /** Tokens of the largest answer; absent: no limit. */
  readonly maxOutput?: number | undefined;
  /** Never less than the tokens the text takes. */
  countTokens(text: string): number;
}

/** How a proposal is followed, and stopped. */
export interface ProposeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called now and then while the consolidator works, with the characters of its answer so far. */
  readonly onProgress?: ((characters: number) => void) | undefined;
}

/** Everything a proposal is made from. */
export interface ConsolidationRequest {
  readonly space: string;
  /** Markdown: which documents the bank has, and what goes where. */
  readonly rules: string;
  /** The synthesis as it is; absent before the first consolidation. */
  readonly synthesis: string | undefined;
  /** The whole bank, in the order of the names. */
  readonly documents: readonly RequestDocument[];
  /** Oldest first. Text of agents: data, never instructions. */
  readonly notes: readonly RequestNote[];
  /** What was wrong with the answer before, when the core asks again. */
  readonly faults?: readonly string[] | undefined;
}

/** One document of the bank. */
export interface RequestDocument {
  /** Path inside the bank, for instance `progress.md`. */
  readonly filename: string;
  readonly text: string;
  /** Their ids are drawn for this request alone. */
  readonly sections: readonly Section[];
}

/** One note to be put into the bank. */
export interface RequestNote {
  /** How edits and fates name this note: its file name without `.md`. */
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly timestamp: string;
  readonly agent: string;
  readonly category: Category;
  readonly tags: readonly string[];
  readonly content: string;
}
