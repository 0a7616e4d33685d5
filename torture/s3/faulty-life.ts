import { snapshotOf } from '../../packages/core/test/log/exploring/snapshot.ts';
import { audit } from '../../packages/core/test/log/judging/audit.ts';
import { acts, finishRedaction, textsOf, wrongFacts } from './acts.ts';
import { startFaultyDouble } from './faulty-double.ts';
import type { FaultyRun } from './many-writers.ts';
import { seeded } from './seeded.ts';
import { createWorld, untilDone, type World } from './world.ts';

const space = 'alpha';
const SERVERS = 2;

/** Lets servers do everything that can be done with a memory while the store fails, and judges every answer and what is left. */
export async function faultyLife(seed: number, steps: number, rate: number): Promise<FaultyRun> {
  const random = seeded(seed);
  const { double, open, openToJudge, failAt, faults } = await startFaultyDouble(random);
  const world = createWorld(random, [open(), ...Array.from({ length: SERVERS - 1 }, open)]);
  try {
    failAt(rate);
    await untilDone(world, 'create space', () => world.memory().spaces.create({ space, actor: 'tester' }), [
      'SPACE_EXISTS',
    ]);
    // Each at least once, in any order.
    const all = acts.map((act) => ({ act, at: random.next() })).toSorted((a, b) => a.at - b.at);
    for (let step = 0; step < steps; step++) await (all[step]?.act ?? random.pick(acts))(world);
    failAt(0);
    for (const secret of world.unfinished) await finishRedaction(world, secret);
    await judge(world, [openToJudge()]);
    const bodies = new Map([...double.objects].map(([key, { body }]) => [key, body.toString()]));
    world.violations.push(...secretsIn(world, bodies), ...leftOf(world, bodies), ...((await wrongWith(bodies)) ?? []));
  } finally {
    await double.close();
  }
  return { calls: steps, faults, violations: world.violations };
}

async function judge(world: World, [store]: Parameters<typeof createWorld>[1]): Promise<void> {
  const fresh = { ...createWorld(world.random, [store]), violations: world.violations };
  const text = (await untilDone(fresh, 'read all in the end', () => textsOf(fresh, space))) ?? '';
  world.violations.push(...wrongFacts(world, text));
  await judgeDocuments(world, fresh);
  await judgeTokens(world, fresh);
  for (const backup of world.backups.keys()) {
    const { ok } = await fresh.memory().backups.verify({ backup });
    if (!ok) world.violations.push(`${backup} is damaged`);
  }
}

async function judgeDocuments(world: World, fresh: World): Promise<void> {
  const { documents } = await fresh.memory().bank.readAll({ space });
  for (const [filename, content] of world.documents) {
    const stored = documents.find((document) => document.filename === filename)?.content ?? null;
    if (stored !== content)
      world.violations.push(`${filename} is ${JSON.stringify(stored)}, not ${JSON.stringify(content)}`);
  }
}

async function judgeTokens(world: World, fresh: World): Promise<void> {
  for (const [token, state] of world.tokens) {
    const works = await fresh
      .memory()
      .tokens.authenticate(token)
      .then(
        () => true,
        () => false,
      );
    if (works !== (state === 'active'))
      world.violations.push(`a token that is ${state} ${works ? 'works' : 'does not'}`);
  }
}

function secretsIn({ secrets }: World, bodies: ReadonlyMap<string, string>): string[] {
  return [...secrets].flatMap((secret) =>
    [...bodies].filter(([, body]) => body.includes(secret)).map(([key]) => `${secret} still is in ${key}`),
  );
}

/** Of a space that was deleted its log stays, without texts. */
function leftOf({ ended }: World, bodies: ReadonlyMap<string, string>): string[] {
  return [...bodies.keys()].filter(
    (key) => ended.has(key.split('/')[0] ?? '') && !/^[^/]+\/(_commits\/|_head\.json$)/.test(key),
  );
}

/** The log does not contradict itself, and the objects show, or come to show, what it says. */
async function wrongWith(bodies: ReadonlyMap<string, string>): Promise<readonly string[] | undefined> {
  const wrong = await audit(snapshotOf(new Map([...bodies].filter(([key]) => key.startsWith(`${space}/`)))));
  return wrong === undefined ? undefined : [wrong];
}
