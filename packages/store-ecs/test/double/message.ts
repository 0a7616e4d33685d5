/** Values of every header by lower-case name, as they came; a header that came twice has two. */
export type HeaderValues = Readonly<Record<string, readonly string[] | undefined>>;

/** The head of a request, as far as signatures cover it. */
export interface MessageHead {
  readonly method: string;
  /** Path and query as on the request line. */
  readonly url: string;
  readonly headers: HeaderValues;
}

/** All values of a header in one, undefined where it is not there. */
export function headerOf({ headers }: Pick<MessageHead, 'headers'>, name: string): string | undefined {
  return headers[name]?.join(',');
}

/** A request, complete. */
export interface SignedRequest extends MessageHead {
  readonly body: Buffer;
}
