import { headerOf, type MessageHead } from './message.ts';
import { type Refusal, refusal } from './refusals.ts';

const algorithm = 'x-amz-server-side-encryption';
const keyId = `${algorithm}-aws-kms-key-id`;

/** The headers on encryption, which the answer repeats, or why they are refused. */
export function encryptionOf(
  head: MessageHead,
): { readonly echo: Readonly<Record<string, string>> } | { readonly refused: Refusal } {
  const [how, key] = [headerOf(head, algorithm), headerOf(head, keyId)];
  const known = how === undefined || how === 'AES256' || how === 'aws:kms';
  if (!known || (key !== undefined && how !== 'aws:kms')) {
    return { refused: refusal('InvalidArgument', 'The encryption request you specified is not valid.') };
  }
  const echo = { ...(how === undefined ? {} : { [algorithm]: how }), ...(key === undefined ? {} : { [keyId]: key }) };
  return { echo };
}
