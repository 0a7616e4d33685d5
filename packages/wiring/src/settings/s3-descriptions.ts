import { z } from 'zod';
import { asciiWord, hidden, numberBetween, webAddress, wholeNumberBetween } from './schemas.ts';
import type { SettingDescription } from './setting-description.ts';

/** Of the host alone: the bucket is the first step of every path, and where a path begins elsewhere nobody could tell. */
const hostAddress = webAddress.refine((text) => {
  if (!URL.canParse(text)) return false;
  const { pathname, search, hash } = new URL(text);
  return pathname === '/' && search === '' && hash === '';
});

/** User and password are sent as what their % codes mean. */
function isDecodable(address: string): boolean {
  const { username, password } = new URL(address);
  try {
    return decodeURIComponent(username + password).length >= 0;
  } catch {
    return false;
  }
}

/** The settings of an S3 bucket, by their names in the environment. */
export const s3Descriptions = {
  S3_ENDPOINT_URL: {
    group: 's3',
    meaning: 'Address of the S3 service, without the bucket.',
    otherwise: 'none',
    example: 'https://your-endpoint.s3.fr1.cloud-temple.com',
    allowed: 'an http or https address without user, password and path',
    placeholder: /your-endpoint/i,
    schema: hostAddress,
  },
  S3_ACCESS_KEY_ID: {
    group: 's3',
    meaning: 'Name of the access key. Never shown, never logged.',
    otherwise: 'none',
    example: 'AKIA_YOUR_KEY',
    allowed: 'one word of ASCII characters',
    secret: true,
    placeholder: /^AKIA_YOUR_KEY$/i,
    schema: asciiWord.transform(hidden),
  },
  S3_SECRET_ACCESS_KEY: {
    group: 's3',
    meaning: 'Secret of the access key. Never shown, never logged.',
    otherwise: 'none',
    example: 'your_secret',
    allowed: 'one word of ASCII characters',
    secret: true,
    placeholder: /^your_secret$/i,
    schema: asciiWord.transform(hidden),
  },
  S3_BUCKET_NAME: {
    group: 's3',
    meaning: 'Bucket that holds the memory. It must be there: nothing makes it.',
    otherwise: 'none',
    example: 'live-mem',
    allowed: '3 to 63 letters, digits, dots, - and _, a letter or digit first',
    schema: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{2,62}$/),
  },
  S3_REGION_NAME: {
    group: 's3',
    meaning: 'Region that requests are signed for.',
    otherwise: 'fr1',
    example: 'fr1',
    allowed: 'letters, digits and -',
    schema: z.string().regex(/^[a-zA-Z0-9-]+$/),
  },
  S3_SIGNATURE_MODE: {
    group: 's3',
    meaning:
      'How requests are signed: dual, as Dell ECS wants it (version 2 for objects, version 4 for HEAD and listings); sigv4, as AWS, MinIO and Ceph take it.',
    otherwise: 'dual',
    example: 'sigv4',
    allowed: 'dual or sigv4',
    schema: z.enum(['dual', 'sigv4']),
  },
  S3_SESSION_TOKEN: {
    group: 's3',
    meaning: 'Session token of temporary credentials. Never shown, never logged.',
    otherwise: 'none',
    example: 'your_session_token',
    allowed: 'one word of ASCII characters',
    secret: true,
    placeholder: /^your_session_token$/i,
    schema: asciiWord.transform(hidden),
  },
  S3_PROXY_URL: {
    group: 's3',
    meaning:
      'HTTP proxy on the way to the S3 service; may hold user and password, with % codes for what an address cannot hold. Never shown, never logged.',
    otherwise: 'none',
    example: 'http://user:password@proxy.example.org:3128',
    allowed: 'an http or https address',
    secret: true,
    placeholder: /proxy\.example\.org/i,
    schema: z
      .url({ protocol: /^https?$/ })
      .refine(isDecodable)
      .transform(hidden),
  },
  S3_CA_FILE: {
    group: 's3',
    meaning:
      'File with certificates of authorities to trust besides the usual ones, as PEM, relative to where the command runs.',
    otherwise: 'none',
    example: '/etc/ssl/our-authority.pem',
    allowed: 'the path of a file',
    schema: z.string().refine((path) => !path.includes('\0')),
  },
  S3_ENCRYPTION: {
    group: 's3',
    meaning:
      'How the S3 service encrypts what it keeps: AES256, with a key of its own; aws:kms, with one of its key service.',
    otherwise: 'as the bucket says',
    example: 'AES256',
    allowed: 'AES256 or aws:kms',
    schema: z.enum(['AES256', 'aws:kms']),
  },
  S3_ENCRYPTION_KEY: {
    group: 's3',
    meaning: 'Id of the key of the key service, with S3_ENCRYPTION=aws:kms alone. Never shown, never logged.',
    otherwise: 'the default one of the service',
    example: 'alias/live-mem',
    allowed: 'one word of ASCII characters',
    // An id is none, but somebody will put a key here.
    secret: true,
    schema: asciiWord.transform(hidden),
  },
  S3_CONNECT_TIMEOUT: {
    group: 's3',
    meaning: 'Seconds to wait for a connection.',
    otherwise: '5',
    example: '5',
    allowed: 'a number from 1 to 300',
    schema: numberBetween(1, 300),
  },
  S3_REQUEST_TIMEOUT: {
    group: 's3',
    meaning:
      'Seconds that an attempt may take to send its request and have the first of an answer, and then to have more of it; then it is made again.',
    otherwise: '30',
    example: '30',
    allowed: 'a number from 1 to 3600',
    schema: numberBetween(1, 3600),
  },
  S3_CONCURRENCY: {
    group: 's3',
    meaning: 'Objects that are read or deleted at once.',
    otherwise: '32',
    example: '32',
    allowed: 'a whole number from 1 to 64',
    schema: wholeNumberBetween(1, 64),
  },
} as const satisfies Readonly<Record<string, SettingDescription>>;
