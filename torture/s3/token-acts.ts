import { ownerCaller } from '@live-mem/core';
import { once, untilDone, type World } from './world.ts';

const space = 'alpha';

/** A token is made, used, changed, and ended in one way or the other. */
export async function manageTokens(world: World): Promise<void> {
  const name = `agent-${world.number()}`;
  const permissions = ['read', 'write'];
  // Another server learns of it within five seconds.
  const memory = world.memory();
  const made = await once(world, 'create token', () => memory.tokens.create({ name, permissions, spaces: [space] }));
  if (!made) return;
  const { token, hash } = made.answer;
  world.tokens.set(token, 'active');
  await once(world, 'authenticate', () => memory.tokens.authenticate(token));
  await once(world, 'authorize', () => memory.tokens.authorize(token, 'write', space));
  await once(world, 'update token', () => world.memory().tokens.update({ hash, spacesRemove: [space] }));
  await once(world, 'update tokens', () => world.memory().tokens.updateMany({ names: [name], spacesAdd: [space] }));
  await world.random.pick([async () => undefined, revoke, remove])(world, token, hash);
}

async function revoke(world: World, token: string, hash: string): Promise<void> {
  await untilDone(world, 'revoke token', () => world.memory().tokens.revoke({ hash }));
  world.tokens.set(token, 'revoked');
}

async function remove(world: World, token: string, hash: string): Promise<void> {
  await untilDone(world, 'delete token', () => world.memory().tokens.delete({ hash }), ['TOKEN_NOT_FOUND']);
  world.tokens.set(token, 'revoked');
}

/** The second badge of an agent ends the first. */
export async function mintBadges(world: World): Promise<void> {
  const badge = { space, agent: `badge-${world.number()}`, caller: ownerCaller('tester') };
  const first = await once(world, 'mint badge', () => world.memory().tokens.mintBadge(badge));
  if (first) world.tokens.set(first.answer.token, 'active');
  if (world.random.next() < 0.5) return;
  const second = await once(world, 'mint badge again', () => world.memory().tokens.mintBadge(badge));
  // Unanswered, it may have ended the first all the same.
  if (first) world.tokens.delete(first.answer.token);
  if (first && second) world.tokens.set(first.answer.token, 'revoked');
  if (second) world.tokens.set(second.answer.token, 'active');
}

/** There is one first token: where it was made, unanswered or not, no other is. */
export async function firstToken(world: World): Promise<void> {
  const made = await once(world, 'first token', () => world.memory().tokens.createFirst({ name: 'admin' }), [
    'FORBIDDEN',
  ]);
  if (made) world.tokens.set(made.answer.token, 'active');
}
