import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { HttpRequest } from '@smithy/core/protocols';
import type { SignatureMode } from '../../src/index.ts';
import { createRequestSigner } from '../../src/signing/request-signer.ts';
import { newBucket } from './rgw.ts';

// The protocol of commits counts on it: a write that was held up for longer than this takes no effect any more.
describe.each(['dual', 'sigv4'] as const)('a write that comes late, %s', (mode) => {
  it('is taken after five minutes, and refused after sixteen', async () => {
    expect(await putSigned(mode, 5)).toBe(200);
    expect(await putSigned(mode, 16)).toBe(403);
  });
});

/** @returns the status that a PUT signed so many minutes ago is answered with */
async function putSigned(signatureMode: SignatureMode, minutesAgo: number): Promise<number | undefined> {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = await newBucket('late', signatureMode);
  const { host, hostname, port } = new URL(endpoint);
  const unsigned = new HttpRequest({
    method: 'PUT',
    hostname,
    port: Number(port),
    path: `/${bucket}/late.md`,
    headers: { host, 'content-length': '0' },
  });
  const signer = createRequestSigner({ signatureMode, region, accessKeyId, secretAccessKey });
  const { path, headers } = await signer.sign(unsigned, { signingDate: new Date(Date.now() - minutesAgo * 60_000) });
  return new Promise((resolve, reject) => {
    const sent = request({ method: 'PUT', hostname, port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });
}
