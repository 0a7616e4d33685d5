import { readFileSync } from 'node:fs';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { EcsObjectStoreSettings, SignatureMode } from '../../src/index.ts';

/** What the server that `pnpm test:servers` starts says of itself. */
interface Rgw {
  readonly endpoint: string;
  readonly tlsEndpoint: string;
  readonly caFile: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Another user, without rights on the first one's buckets. */
  readonly stranger: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** @throws {Error} it was not started: these suites run by `pnpm test:servers` alone */
export function startedRgw(): Rgw {
  const told = process.env['LIVE_MEM_RGW'];
  if (told === undefined) throw new Error('no Ceph RGW was started: run `pnpm test:servers`');
  return JSON.parse(told) as Rgw;
}

/** A new bucket, reached in one of the two modes; over TLS where asked. */
export async function newBucket(
  name: string,
  signatureMode: SignatureMode,
  { tls = false }: { readonly tls?: boolean } = {},
): Promise<EcsObjectStoreSettings> {
  const { endpoint, tlsEndpoint, caFile, region, accessKeyId, secretAccessKey } = startedRgw();
  const credentials = { accessKeyId, secretAccessKey };
  const bucket = `${name}-${Math.random().toString(36).slice(2, 10)}`;
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  const reached = tls ? { endpoint: tlsEndpoint, ca: readFileSync(caFile, 'utf8') } : { endpoint };
  return { ...reached, region, bucket, ...credentials, signatureMode };
}
