import { UnreadableObjectError } from '@live-mem/core';
import { answerOfError } from '@live-mem/tools';
import {
  type AppLogger,
  type Composition,
  compose,
  createLogger,
  readEnvironment,
  readSettings,
  type Settings,
  SettingsError,
} from '@live-mem/wiring';
import { nodeFault } from '../node-version.ts';
import type { Session } from '../session.ts';
import { type Check, damage, fail, ok, warn } from './check.ts';
import { examineSpaces } from './examine-spaces.ts';
import { examineStore } from './examine-store.ts';

/** Tries every part, one after the other; what rests on a part that fails is left out. */
export async function examine(session: Session): Promise<readonly Check[]> {
  const checks = [nodeCheck(process.versions.node)];
  const settings = await settingsOf(session, checks);
  if (settings === undefined) return checks;
  // What the memory would warn of is what is examined here.
  const logger = settings.log === undefined ? createLogger('silent', () => undefined) : await session.logger();
  const composition = await composed(settings, logger, checks);
  if (composition === undefined) return checks;
  const store = await examineStore(composition, session.io.now);
  checks.push(...store, await consolidatorCheck(composition));
  if (store.every(({ result }) => result !== 'fail')) {
    checks.push(...(await tokenChecks(composition)), ...(await examineSpaces(composition)));
  }
  return checks;
}

function nodeCheck(version: string): Check {
  const fault = nodeFault(version);
  return fault === undefined ? ok('node', version) : fail('node', fault, 'install it from https://nodejs.org');
}

async function settingsOf({ io }: Session, checks: Check[]): Promise<Settings | undefined> {
  try {
    const settings = readSettings(await readEnvironment(io.variables, io.folder));
    const from =
      settings.file === undefined ? 'the environment; there is no .env' : `the environment and ${settings.file}`;
    checks.push(ok('settings', `from ${from}`));
    if (settings.unused.length > 0) {
      checks.push(
        warn('settings', `without effect: ${settings.unused.join(', ')}`, 'remove them, or leave them for later'),
      );
    }
    return settings;
  } catch (error) {
    checks.push(...settingsFaults(error));
    return undefined;
  }
}

/** A file that the settings name is opened when everything is put together. */
async function composed(settings: Settings, logger: AppLogger, checks: Check[]): Promise<Composition | undefined> {
  try {
    return await compose(settings, { logger });
  } catch (error) {
    checks.push(...settingsFaults(error));
    return undefined;
  }
}

function settingsFaults(error: unknown): Check[] {
  if (!(error instanceof SettingsError)) throw error;
  return error.faults.map(({ at, message }) =>
    fail('settings', `${at} ${message}`, 'put it right in .env or the environment'),
  );
}

/** Without a registry that can be read, nobody gets in. */
async function tokenChecks({ memory }: Composition): Promise<readonly Check[]> {
  try {
    await memory.tokens.list({ limit: 1 });
    return [];
  } catch (error) {
    if (!(error instanceof UnreadableObjectError)) throw error;
    return [damage('tokens', error.message, 'restore this object from a copy of the store: until then no token works')];
  }
}

/** The consolidator without a model is tried; a model would cost money. */
async function consolidatorCheck({ consolidator }: Composition): Promise<Check> {
  const note = { id: 'doctor_observation_00000000', timestamp: '2026-01-01T00:00:00.000Z', agent: 'doctor', tags: [] };
  const notes = [{ ...note, category: 'observation', content: 'Tried by live-mem doctor.' }] as const;
  try {
    await consolidator.propose({ space: 'doctor', rules: '', synthesis: undefined, documents: [], notes });
    return ok('consolidator', consolidator.name);
  } catch (error) {
    return fail('consolidator', answerOfError(error).message, 'choose another with LIVE_MEM_CONSOLIDATOR');
  }
}
