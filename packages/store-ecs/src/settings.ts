import type { SignatureMode } from './signing/choose-signature.ts';

/** Where the bucket is, and how it is reached. */
export interface EcsObjectStoreSettings {
  /** Address of the service, http or https. The bucket is the first step of every path (path-style), never part of the host. */
  readonly endpoint: string;
  /** Region that V4 signatures name; V2 has none. */
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined;
  /** `dual` unless given. */
  readonly signatureMode?: SignatureMode | undefined;
  /** Address of an HTTP proxy, with user and password where it wants them; none unless given. */
  readonly proxy?: string | undefined;
  /** PEM certificates of authorities to trust besides those that Node trusts. */
  readonly ca?: string | undefined;
  /** How the store encrypts what it keeps: with a key of its own (`AES256`) or of its key service; as the bucket says unless given. */
  readonly encryption?: 'AES256' | 'aws:kms' | undefined;
  /** Key of the key service, for `aws:kms`; the default one unless given. ASCII. */
  readonly encryptionKey?: string | undefined;
  /** Milliseconds to wait for a connection; 5 000 unless given. */
  readonly connectTimeout?: number | undefined;
  /**
   * Milliseconds that one attempt may take to send its request and have the first of an answer, and then to have more of it; 30 000
   * unless given. Raise it where large texts go over a slow line.
   */
  readonly requestTimeout?: number | undefined;
  /** Requests of `getMany` and `deleteMany` under way at once, 1 to 64; 32 unless given. */
  readonly concurrency?: number | undefined;
}
