import type { Operation } from './operation.ts';
import { type Refusal, refusal } from './refusals.ts';

const mismatchOfBody = "The provided 'x-amz-content-sha256' header does not match what was computed.";
const mismatch = 'The request signature we calculated does not match the signature you provided.';

/** What Dell ECS answers a request whose signature is right, but of the kind it does not take for this operation. */
export function refusedByEcs(operation: Operation, signature: 'V2' | 'V4' | 'none'): Refusal | undefined {
  switch (operation) {
    case 'PUT object':
    case 'COPY object':
      return signature === 'V2' ? undefined : refusal('XAmzContentSHA256Mismatch', mismatchOfBody);
    case 'GET object':
    case 'DELETE object':
      return signature === 'V2' ? undefined : refusal('SignatureDoesNotMatch', mismatch);
    case 'HEAD object':
    case 'HEAD bucket':
      return signature === 'V4' ? undefined : refusal('AccessDenied', 'Forbidden');
    case 'LIST objects':
      return signature === 'V4' ? undefined : refusal('SignatureDoesNotMatch', mismatch);
    case 'other':
      return undefined;
  }
}
