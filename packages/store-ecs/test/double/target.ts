/** Where a request is directed, path-style. */
export interface Target {
  /** Undecoded, as on the request line. */
  readonly path: string;
  /** Decoded, in the order of the request line; a bare name has the value ''. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** First step of the path; '' where there is none. */
  readonly bucket: string;
  /** Everything behind the bucket's slash, decoded once; undefined where there is nothing. */
  readonly key: string | undefined;
}

/**
 * Reads what stands on the request line.
 * @returns undefined where it is no path, or not percent-encoded UTF-8, or its query holds a bare `+`, which some stores take
 * for a space and others for a plus
 */
export function readTarget(url: string): Target | undefined {
  const { path, query } = splitUrl(url);
  if (!path.startsWith('/') || query.includes('+')) return undefined;
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  try {
    return {
      path,
      query: readQuery(query),
      bucket: decodeURIComponent(bucket),
      key: key === '' ? undefined : decodeURIComponent(key),
    };
  } catch {
    return undefined;
  }
}

/** The value of a parameter, undefined where it is not there. */
export function parameter({ query }: Target, wanted: string): string | undefined {
  return query.find(([name]) => name === wanted)?.[1];
}

/** Path and query as on the request line, without the question mark. */
export function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

/**
 * Names and values of a query, decoded.
 * @throws {URIError} it is not percent-encoded UTF-8
 */
export function readQuery(query: string): readonly (readonly [name: string, value: string])[] {
  const pairs = query.split('&').filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    return [decodeURIComponent(name), decodeURIComponent(value)];
  });
}
