import type { Command } from 'commander';
import { readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly description?: string;
  readonly owner?: string;
  readonly rules?: string;
  readonly template?: string;
}

/** `live-mem space create` */
export function addSpaceCreate(parent: Command, session: Session): void {
  parent
    .command('create')
    .description('Creates a space: a shared memory with rules for its documents.')
    .argument('<space>', 'id of the new space: letters, digits, - and _, 64 at most')
    .option('-d, --description <text>', 'what it is for, one line')
    .option('--owner <text>', 'whom people ask about it, one line')
    .option('--rules <file>', 'a file with the rules; - is stdin (default: the rules shipped)')
    .option('--template <name>', 'shipped rules, by name: see live-mem space templates')
    .addHelpText(
      'after',
      examples('live-mem space create alpha', 'live-mem space create shop -d "The web shop" --rules rules.md'),
    )
    .action((space: string, { description, owner, rules, template }: Options) =>
      create(space, { description, owner, rules, template }),
    );

  async function create(
    space: string,
    options: { readonly [Name in keyof Options]: Options[Name] | undefined },
  ): Promise<void> {
    const { rules: file, template, description, owner } = options;
    const rules = file === undefined ? template && `template:${template}` : await readText(session.io, { file });
    await session.answer({
      tool: (tools) => tools.space_create,
      input: { space_id: space, description, owner, rules },
      show({ status, rules_size: size }, { paint }) {
        if (status === 'already_exists') return `${paint.warn('!')} ${space} exists already; nothing was changed.`;
        const next = `live-mem note write ${space} "…" -c decision`;
        return `${paint.good('✓')} Created ${paint.bold(space)}, with ${size} bytes of rules.\n  Next: ${paint.name(next)}`;
      },
    });
  }
}
