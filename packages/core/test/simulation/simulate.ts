import { setImmediate as everybodyWaits } from 'node:timers/promises';
import { type LiveMemory, LiveMemoryError, type ObjectStore } from '@live-mem/core';
import { type Drawing, drawAlphaCall } from './alpha-calls.ts';
import { createBackupCalls } from './backup-calls.ts';
import type { Call, Ending } from './call.ts';
import { createNetwork, type Network } from './network.ts';
import { createOracle, faultsNow, type Oracle } from './oracle.ts';
import { createPerson } from './person.ts';
import { createRandom, type Random } from './random.ts';
import { createSecondLifeCalls } from './second-life-calls.ts';
import { startServer } from './server.ts';
import { createTokenCalls } from './token-calls.ts';
import { createWorld, type World } from './world.ts';

/** What to simulate. */
export interface SimulationOptions {
  readonly seed: number;
  /** Requests that are answered, servers that crash, times that pass. */
  readonly steps: number;
  /** Breaks the store on its way to every server, to show that the simulation notices. */
  readonly through?: ((store: ObjectStore) => ObjectStore) | undefined;
}

/** What a simulation did. */
export interface Simulated {
  readonly seed: number;
  /** What happened, up to the first violation. */
  readonly trace: readonly string[];
  readonly violations: readonly string[];
  readonly calls: number;
  readonly crashes: number;
  readonly commits: number;
}

const SERVERS = ['one', 'two', 'three'];
const AT_ONCE = 5;
const passing = new Set(['STORE_UNAVAILABLE', 'WRITE_CONFLICT', 'CANCELLED'] as const) as ReadonlySet<string>;

/** Lets servers do what they do over one store, as one seed says, and judges every answer and every state of the store. */
export async function simulate({ seed, steps, through }: SimulationOptions): Promise<Simulated> {
  const random = createRandom(seed);
  const world = createWorld();
  const simulation = createSimulation({ random, world, through });
  await simulation.begin();
  for (let step = 0; step < steps && simulation.isRight(); step++) await simulation.step();
  if (simulation.isRight()) await simulation.end();
  return { seed, ...simulation.report() };
}

interface Running {
  readonly server: string;
  readonly call: Call;
}

interface SimulationParts {
  readonly random: Random;
  readonly world: World;
  readonly through: SimulationOptions['through'];
}

interface Simulation {
  begin(): Promise<void>;
  step(): Promise<void>;
  /** Everything is answered, and everybody who begins now sees the same. */
  end(): Promise<void>;
  isRight(): boolean;
  report(): Omit<Simulated, 'seed'>;
}

function createSimulation({ random, world, through }: SimulationParts): Simulation {
  const network: Network = createNetwork(world, random);
  const oracle: Oracle = createOracle(world);
  const drawing: Drawing = { random, oracle, again: [] };
  const servers = new Map<string, LiveMemory>();
  const person = createPerson(world, oracle);
  const others = [createTokenCalls(world), createBackupCalls(), createSecondLifeCalls()];
  const running = new Set<Running>();
  const trace: string[] = [];
  const lifeOf = new Map<string, string>();
  let [lives, calls, crashes, judged] = [0, 0, 0, -1];

  function boot(name: string): void {
    lives += 1;
    const life = `${name}#${lives}`;
    const prefix = lives.toString(16).padStart(3, '0');
    const memory = startServer({ world, random, ask: (request) => network.ask(life, request), prefix, through });
    servers.set(name, memory);
    lifeOf.set(name, life);
  }

  function start(call: Call): void {
    const server = random.pick(SERVERS);
    const memory = servers.get(server);
    if (!memory) throw new Error('no server');
    calls += 1;
    trace.push(`${lifeOf.get(server)}: begins: ${call.name}`);
    const one: Running = { server, call };
    running.add(one);
    const end = (ending: Ending): void => {
      if (!running.delete(one)) return;
      trace.push(`${lifeOf.get(server)}: ends: ${call.name}: ${told(ending)}`);
      judgeEnding(call, ending);
      call.ended(ending);
    };
    call.run(memory, server).then(
      (value: unknown) => end({ value }),
      (error: unknown) => end({ error }),
    );
  }

  function judgeEnding({ name, may = [] }: Call, ending: Ending): void {
    if (ending === 'crashed' || 'value' in ending) return;
    const { error } = ending;
    const code = error instanceof LiveMemoryError ? error.code : 'unknown';
    if (!passing.has(code) && !may.includes(code)) oracle.violate(`${name} failed: ${code}: ${String(error)}`);
  }

  function crash(): void {
    const server = random.pick(SERVERS);
    crashes += 1;
    trace.push(`${lifeOf.get(server)}: crashes`);
    for (const one of [...running].filter((other) => other.server === server)) {
      running.delete(one);
      one.call.ended('crashed');
    }
    network.forget(lifeOf.get(server) ?? '');
    boot(server);
  }

  function pass(): void {
    const times = [1_000, 1_000, 20_000, 70_000, 4_000_000, 95_000_000, 700_000_000];
    const milliseconds = random.pick(times);
    trace.push(`${milliseconds / 1000} s pass`);
    network.wait(milliseconds);
  }

  function judge(): void {
    if (judged === world.writes) return;
    judged = world.writes;
    person.watch();
    for (const fault of faultsNow(oracle)) oracle.violate(fault);
  }

  function drawCall(): Call {
    const again = random.chance(0.3) ? drawing.again.shift() : undefined;
    if (again) return again;
    return random.chance(0.65) ? drawAlphaCall(drawing) : random.pick(others)(drawing);
  }

  async function step(): Promise<void> {
    if (random.chance(0.012)) crash();
    else if (random.chance(0.01)) trace.push(`a person saves ${person.save()}`);
    else if (random.chance(0.03)) pass();
    else if (running.size < AT_ONCE && (network.pending.length === 0 || random.chance(0.2))) start(drawCall());
    else if (network.pending.length > 0 || network.late.length > 0) trace.push(network.step());
    await everybodyWaits();
    judge();
  }

  async function finish(): Promise<void> {
    for (let left = 20_000; running.size > 0 && left > 0; left--) {
      if (network.pending.length > 0) trace.push(network.step());
      await everybodyWaits();
    }
    if (running.size > 0)
      oracle.violate(`calls that do not end: ${[...running].map(({ call }) => call.name).join(', ')}`);
    judge();
  }

  return {
    step,
    async begin() {
      for (const name of SERVERS) boot(name);
      const memory = servers.get('one');
      start({
        name: 'create the space',
        run: () => memory?.spaces.create({ space: 'alpha', actor: 'sim', rules: '# one.md\n' }) ?? Promise.resolve(),
        ended: () => undefined,
      });
      await finish();
      network.fail(true);
    },
    async end() {
      network.fail(false);
      await finish();
      for (let left = 20; drawing.again.length > 0 && left > 0; left--) {
        for (const call of drawing.again.splice(0)) start(call);
        await finish();
      }
      start(person.look());
      await finish();
    },
    isRight: () => oracle.violations.length === 0,
    report: () => ({
      trace,
      violations: oracle.violations,
      calls,
      crashes,
      commits: oracle.told().head,
    }),
  };
}

function told(ending: Ending): string {
  if (ending === 'crashed') return 'crashed';
  return 'value' in ending
    ? 'done'
    : ending.error instanceof LiveMemoryError
      ? ending.error.code
      : String(ending.error);
}
