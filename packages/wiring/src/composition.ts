import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import {
  type Clock,
  type Consolidator,
  createLiveMemory,
  type LiveMemory,
  type Logger,
  type NewId,
  type ObjectStore,
} from '@live-mem/core';
import { tools } from '@live-mem/tools';
import { Container } from 'inversify';
import { bindFactory, take, token } from './bind.ts';
import { type AppLogger, createLogger } from './logger.ts';
import { openStore } from './open-store.ts';
import type { Settings } from './settings/read-settings.ts';

/** Parts to take in place of those the settings choose. */
export interface Overrides {
  readonly store?: ObjectStore | undefined;
  readonly consolidator?: Consolidator | undefined;
  readonly clock?: Clock | undefined;
  readonly newId?: NewId | undefined;
  readonly logger?: AppLogger | undefined;
}

/** Everything an app works with. */
export interface Composition {
  readonly memory: LiveMemory;
  readonly store: ObjectStore;
  readonly consolidator: Consolidator;
  readonly logger: AppLogger;
  readonly tools: typeof tools;
  readonly settings: Settings;
}

const part = {
  store: token<ObjectStore>('ObjectStore'),
  consolidator: token<Consolidator>('Consolidator'),
  clock: token<Clock>('Clock'),
  newId: token<NewId>('NewId'),
  logger: token<AppLogger>('Logger'),
  settings: token<Settings>('Settings'),
  memory: token<LiveMemory>('LiveMemory'),
} as const;

/**
 * Puts the parts together that the settings ask for. Loads the adapters it needs, and no other.
 * @throws {@link SettingsError} a file that the settings name cannot be used
 */
export async function compose(settings: Settings, overrides: Overrides = {}): Promise<Composition> {
  const [store, consolidator] = await Promise.all([
    overrides.store ?? openStore(settings),
    overrides.consolidator ?? openConsolidator(),
  ]);
  const container = new Container({ defaultScope: 'Singleton' });
  bindFactory(container, part.store, () => store);
  bindFactory(container, part.consolidator, () => consolidator);
  bindFactory(container, part.clock, () => overrides.clock ?? systemClock);
  bindFactory(container, part.newId, () => overrides.newId ?? randomId);
  bindFactory(
    container,
    part.logger,
    () => overrides.logger ?? createLogger(settings.log ?? 'warn', (line) => process.stderr.write(line)),
  );
  bindFactory(container, part.settings, () => settings);
  bindFactory(
    container,
    part.memory,
    memoryOf,
    part.settings,
    part.store,
    part.consolidator,
    part.clock,
    part.newId,
    part.logger,
  );
  return {
    memory: take(container, part.memory),
    store: take(container, part.store),
    consolidator: take(container, part.consolidator),
    logger: take(container, part.logger),
    tools,
    settings,
  };
}

function memoryOf(
  { retention, bootstrapKey }: Settings,
  store: ObjectStore,
  consolidator: Consolidator,
  clock: Clock,
  newId: NewId,
  logger: Logger,
): LiveMemory {
  return createLiveMemory({
    store,
    consolidator,
    clock,
    newId,
    logger,
    retention,
    bootstrapKey: bootstrapKey?.reveal(),
  });
}

async function openConsolidator(): Promise<Consolidator> {
  const { createOutlineConsolidator } = await import('@live-mem/consolidator-outline');
  return createOutlineConsolidator();
}

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

function randomId(): string {
  return randomBytes(16).toString('hex');
}
