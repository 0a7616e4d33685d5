import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CANNOT_WRITE, CommandError } from '../command-error.ts';
import type { Page } from '../page.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Setup {
  readonly status: 'ok';
  readonly env_file: string;
  /** False: it was there, and is as it was. */
  readonly env_file_created: boolean;
  /** That holds the memory. */
  readonly folder?: string;
  /** That holds the memory, where no folder does. */
  readonly bucket?: string;
}

/** `live-mem init` */
export function addInit(program: Command, session: Session): void {
  program
    .command('init')
    .description(
      'Sets this folder up: writes a .env that explains every setting, makes the folder of the memory where it is kept in one.',
    )
    .addHelpText('after', examples('live-mem init'))
    .action(async () => session.print(await setUp(session), showSetup));
}

async function setUp({ io }: Session): Promise<Setup> {
  const wiring = await import('@live-mem/wiring');
  const file = resolve(io.folder, '.env');
  const { store } = wiring.readSettings(await wiring.readEnvironment(io.variables, io.folder));
  const write = async (): Promise<boolean> => {
    try {
      await writeFile(file, wiring.envExample(), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  };
  try {
    // A bucket is not ours to make: live-mem doctor says whether it is there.
    if (store.kind === 'folder') await mkdir(store.folder, { recursive: true });
    const kept = store.kind === 'folder' ? { folder: store.folder } : { bucket: store.bucket };
    return { status: 'ok', env_file: file, env_file_created: await write(), ...kept };
  } catch (cause) {
    const { code = 'unknown', path = '' } = cause as NodeJS.ErrnoException;
    throw new CommandError(CANNOT_WRITE, `${path} cannot be written (${code}): choose another folder`, { cause });
  }
}

function showSetup({ env_file, env_file_created, folder, bucket }: Setup, page: Page): string {
  const { paint } = page;
  const steps = [
    'live-mem doctor',
    'live-mem space create alpha',
    'live-mem note write alpha "Our first note" -c observation',
  ];
  return [
    `${paint.good('✓')} ${env_file_created ? `Wrote ${env_file}: every setting is explained there.` : `Kept ${env_file} as it is.`}`,
    `${paint.good('✓')} The memory is kept in ${folder ?? `the bucket ${bucket}`}`,
    `  Next: ${steps.map(paint.name).join('\n        ')}`,
  ].join('\n');
}
