import type { Command } from 'commander';
import { categoryWords, wholeNumber } from './options.ts';

/** Options of commands that show notes. */
export interface FilterOptions {
  readonly category?: string;
  readonly agent?: string;
  readonly since?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

/** Adds the options that choose among notes. */
export function addFilters(command: Command, limit: string): Command {
  return command
    .option('-c, --category <category>', `only ${categoryWords}`)
    .option('-a, --agent <name>', 'only notes of this agent')
    .option('-s, --since <time>', 'only notes of this moment and later: ISO 8601, without an offset UTC')
    .option('-n, --limit <count>', limit, wholeNumber('--limit'))
    .option('--cursor <cursor>', 'go on where the page before ended');
}

/** The options, as the tools take them. */
export function filtersOf({ category, agent, since, cursor, limit }: FilterOptions) {
  // The tool names the categories there are to whoever misses.
  return { category: category as 'decision' | undefined, agent, since, cursor, limit };
}
