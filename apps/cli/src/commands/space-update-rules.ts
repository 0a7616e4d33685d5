import type { Command } from 'commander';
import { bytes } from '../ago.ts';
import { CommandError } from '../command-error.ts';
import { readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly rules?: string;
  readonly template?: string;
}

/** `live-mem space update-rules` */
export function addSpaceUpdateRules(parent: Command, session: Session): void {
  parent
    .command('update-rules')
    .description('Gives a space other rules, which the next consolidation goes by. bank undo takes it back.')
    .argument('<space>', 'id of the space')
    .option('--rules <file>', 'a file with the rules; - is stdin')
    .option('--template <name>', 'shipped rules, by name: see space templates')
    .addHelpText(
      'after',
      examples('live-mem space rules alpha > rules.md', 'live-mem space update-rules alpha --rules rules.md'),
    )
    .action(async (space: string, { rules: file, template }: Options) => {
      if ((file === undefined) === (template === undefined))
        throw new CommandError('USAGE', 'takes --rules FILE or --template NAME');
      const rules = file === undefined ? `template:${template}` : await readText(session.io, { file });
      await session.answer({
        tool: (tools) => tools.space_update_rules,
        input: { space_id: space, rules },
        show({ rules_size: size, commit }, { paint }) {
          if (commit === undefined) return 'These are its rules already.';
          const undo = `live-mem bank undo ${space} ${commit}`;
          return `${paint.good('✓')} ${paint.bold(space)} has new rules, ${bytes(size)} (commit ${commit}).\n  To take them back: ${paint.name(undo)}`;
        },
      });
    });
}
