import { expect } from '@jest/globals';
import type { Double } from './double.ts';
import { type RawRequest, send } from './send.ts';

/** Sends a request and expects its status and the code of its error document; undefined: there is no such document. */
export async function expectCode(to: Double, request: RawRequest, status: number, code?: string): Promise<void> {
  const answer = await send(to, request);
  expect([answer.status, /<Code>(.*)<\/Code>/.exec(answer.body)?.[1]]).toEqual([status, code]);
}
