import type { Command, Option } from 'commander';

/** What may stand at the end of a command line that is being typed. */
export interface Wanted {
  /** What is typed of it so far. */
  readonly typed: string;
  /** Names that are known without looking at the memory. */
  readonly names: readonly string[];
  /** What else is asked of the memory. */
  readonly live?: LiveNames | undefined;
}

/** Names that only the memory, or its code, knows. */
export interface LiveNames {
  readonly kind: 'space' | 'document' | 'backup' | 'template' | 'category' | 'permission';
  /** Of documents: in which space. */
  readonly space?: string | undefined;
}

/**
 * Finds out what the last word of a command line may become. No request.
 * @param words after the program; the last one is being typed, perhaps empty
 */
export function wantedNames(program: Command, words: readonly string[]): Wanted {
  const typed = words.at(-1) ?? '';
  const { command, operands, open } = follow(program, words.slice(0, -1));
  if (open) return { typed, ...valuesOf(open) };
  if (typed.startsWith('-')) return { typed, names: optionsOf(command, program) };
  const subcommands = command.commands.filter((one) => !one.name().startsWith('_')).map((one) => one.name());
  if (subcommands.length > 0) return { typed, names: subcommands };
  const argument = command.registeredArguments[operands.length] ?? command.registeredArguments.at(-1);
  if (argument?.argChoices) return { typed, names: argument.argChoices };
  return { typed, names: [], live: argument && liveOf(command, argument.name(), operands[0]) };
}

interface Followed {
  readonly command: Command;
  /** Words that are arguments of the command. */
  readonly operands: readonly string[];
  /** An option that waits for its value. */
  readonly open: Option | undefined;
}

function follow(program: Command, words: readonly string[]): Followed {
  let command = program;
  let open: Option | undefined;
  const operands: string[] = [];
  for (const word of words) {
    if (open) open = undefined;
    else if (word.startsWith('-')) open = valueOption(command, word);
    else {
      const next = command.commands.find((one) => one.name() === word);
      if (next && operands.length === 0) command = next;
      else operands.push(word);
    }
  }
  return { command, operands, open };
}

function valueOption(command: Command, word: string): Option | undefined {
  return command.options.find(({ short, long, required }) => required && (short === word || long === word));
}

function optionsOf(command: Command, program: Command): readonly string[] {
  const options = [...command.options, ...program.options.filter(({ long }) => long === '--json')];
  return [...options.flatMap(({ long }) => long ?? []), '--help'];
}

function valuesOf({ long }: Option): Omit<Wanted, 'typed'> {
  if (long === '--category') return { names: [], live: { kind: 'category' } };
  if (long === '--permissions') return { names: [], live: { kind: 'permission' } };
  if (long === '--template') return { names: [], live: { kind: 'template' } };
  if (['--space', '--spaces', '--add', '--remove'].includes(long ?? '')) return { names: [], live: { kind: 'space' } };
  return { names: [] };
}

function liveOf({ parent }: Command, argument: string, space: string | undefined): LiveNames | undefined {
  if (argument === 'space') return { kind: 'space' };
  if (argument === 'backup') return { kind: 'backup' };
  if (argument === 'template') return { kind: 'template' };
  // Elsewhere a file is one of the disk, which the shell completes.
  if (argument === 'file' && parent?.name() === 'bank' && space !== undefined) return { kind: 'document', space };
  return undefined;
}
