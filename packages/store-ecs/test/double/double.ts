import type { Fault } from './faults.ts';
import type { SeenEntry, SeenRequest } from './seen.ts';

/** How a double behaves, and whom it knows. */
export interface DoubleOptions {
  /**
   * `ecs`, the default, refuses what Dell ECS refuses. `sigv4`, as AWS and MinIO: V4 for everything, V2 is refused.
   * `both`, as Ceph: either signature for everything.
   */
  readonly rules?: 'ecs' | 'sigv4' | 'both';
  /**
   * How an ETag in If-Match must be written to match; `quoted` under the rules `sigv4`, else `unquoted`, unless given.
   * `none`: If-Match is ignored and the write takes place.
   */
  readonly ifMatch?: 'unquoted' | 'quoted' | 'none';
  /** False: If-None-Match is ignored and the write takes place. */
  readonly ifNoneMatch?: boolean;
  /** False: COPY is answered 501 NotImplemented. */
  readonly copies?: boolean;
  /** False: listings heed the delimiter `/` alone, as in a bucket of ECS with file system access. */
  readonly delimiters?: boolean;
  /** The double's clock, in milliseconds since the Unix epoch; `Date.now` unless given. */
  readonly now?: () => number;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly bucket?: string;
  readonly region?: string;
  /** Where given, requests must carry it; where not, they must carry none. */
  readonly sessionToken?: string;
  /** Key and certificate in PEM; the double then speaks TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** One object as the double holds it. */
export interface StoredBytes {
  readonly body: Buffer;
  readonly contentType: string | undefined;
  /** MD5 of the body in hexadecimal, without quotes. */
  readonly etag: string;
  /** Milliseconds since the Unix epoch, by the double's clock. */
  readonly modifiedAt: number;
  /** By lower-case name, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A running server on a free port of 127.0.0.1, with one bucket. */
export interface Double {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
  readonly region: string;
  /** What the bucket holds, by key; tests may change it. */
  readonly objects: Map<string, StoredBytes>;
  /** Requests since the start or the last {@link forget}, in the order they came, refused ones too. */
  readonly seen: readonly SeenEntry[];
  /** Most requests in flight at once since the start or the last {@link forget}. */
  readonly mostAtOnce: number;
  forget(): void;
  /** Asks for a fault for every request that is not refused; nothing, or undefined, is no fault. */
  inject(faultOf: ((request: SeenRequest) => Fault | undefined) | undefined): void;
  /**
   * Closes the port and every connection.
   * @throws {Error} the double itself failed while it served a request
   */
  close(): Promise<void>;
}
