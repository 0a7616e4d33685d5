import type { DoubleOptions } from './double.ts';

/** {@link DoubleOptions} with every gap filled. */
export type Settings = Omit<Required<DoubleOptions>, 'tls' | 'sessionToken'> & {
  readonly sessionToken: string | undefined;
};

/** Fills the gaps of options. */
export function settingsOf(options: DoubleOptions): Settings {
  const { rules = 'ecs' } = options;
  return {
    rules,
    ifMatch: options.ifMatch ?? (rules === 'sigv4' ? 'quoted' : 'unquoted'),
    ifNoneMatch: options.ifNoneMatch ?? true,
    copies: options.copies ?? true,
    delimiters: options.delimiters ?? true,
    now: options.now ?? Date.now,
    accessKeyId: options.accessKeyId ?? 'AKIADOUBLEEXAMPLE',
    // With characters that encodings and XML mistreat.
    secretAccessKey: options.secretAccessKey ?? 'double/secret+EXAMPLE&key=',
    bucket: options.bucket ?? 'live-mem',
    region: options.region ?? 'fr1',
    sessionToken: options.sessionToken,
  };
}
