import { describe, expect, it } from '@jest/globals';
import { readSettings, type Settings, SettingsError, settingDescriptions } from '@live-mem/wiring';

const read = (variables: Record<string, string>): Settings => readSettings({ variables, folder: '/srv/here' });

function faultsOf(variables: Record<string, string>): readonly string[] {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.map(({ at, message }) => `${at} ${message}`);
    throw error;
  }
  return [];
}

const s3 = {
  S3_ENDPOINT_URL: 'https://s3.example.org',
  S3_ACCESS_KEY_ID: 'AKIA0001',
  S3_SECRET_ACCESS_KEY: 'hush-hush',
  S3_BUCKET_NAME: 'live-mem',
};

const optional = {
  S3_REGION_NAME: 'eu-west-3',
  S3_SIGNATURE_MODE: 'sigv4',
  S3_SESSION_TOKEN: 'token',
  S3_PROXY_URL: 'http://ann:secret@127.0.0.1:3128',
  S3_CA_FILE: 'ca.pem',
  S3_ENCRYPTION: 'aws:kms',
  S3_ENCRYPTION_KEY: 'alias/live-mem',
  S3_CONNECT_TIMEOUT: '1.5',
  S3_REQUEST_TIMEOUT: '3600',
  S3_CONCURRENCY: '64',
};

function plain(settings: Settings): Record<string, unknown> {
  const { store } = settings;
  if (store.kind !== 's3') throw new Error('no bucket');
  return {
    ...store,
    accessKeyId: store.accessKeyId.reveal(),
    secretAccessKey: store.secretAccessKey.reveal(),
    sessionToken: store.sessionToken?.reveal(),
    proxy: store.proxy?.reveal(),
    encryptionKey: store.encryptionKey?.reveal(),
  };
}

describe('the settings of a bucket', () => {
  it('need four, and have defaults for the others', () => {
    expect(plain(read(s3))).toEqual({
      kind: 's3',
      endpoint: 'https://s3.example.org',
      bucket: 'live-mem',
      accessKeyId: 'AKIA0001',
      secretAccessKey: 'hush-hush',
      region: 'fr1',
      signatureMode: 'dual',
      connectTimeout: 5_000,
      requestTimeout: 30_000,
      concurrency: 32,
    });
  });

  it('are taken as they are set, times in milliseconds and the file from where the command runs', () => {
    expect(plain(read({ ...s3, ...optional }))).toMatchObject({
      region: 'eu-west-3',
      signatureMode: 'sigv4',
      sessionToken: 'token',
      proxy: 'http://ann:secret@127.0.0.1:3128',
      caFile: '/srv/here/ca.pem',
      encryption: 'aws:kms',
      encryptionKey: 'alias/live-mem',
      connectTimeout: 1_500,
      requestTimeout: 3_600_000,
      concurrency: 64,
    });
  });

  it.each(['http://127.0.0.1:9000', 'http://s3.internal', 'https://s3.example.org/'])('take the address %s', (url) => {
    expect(plain(read({ ...s3, S3_ENDPOINT_URL: url }))).toMatchObject({ endpoint: url });
  });

  it.each([
    ['S3_ENDPOINT_URL', 'https://s3.example.org/live-mem', 'without user, password and path, and "https://s3'],
    ['S3_ENDPOINT_URL', 'https://s3.example.org/?x=1', 'must be an http or https address'],
    ['S3_SIGNATURE_MODE', 'v2', 'must be dual or sigv4, and "v2" is not'],
    ['S3_PROXY_URL', 'socks5://127.0.0.1', 'must be an http or https address, and the value (not shown) is not'],
    ['S3_CA_FILE', 'a\0b', 'must be the path of a file'],
    ['S3_ENCRYPTION', 'aes', 'must be AES256 or aws:kms'],
    ['S3_CONNECT_TIMEOUT', '0', 'must be a number from 1 to 300'],
    ['S3_CONNECT_TIMEOUT', '301', 'must be a number from 1 to 300'],
    ['S3_REQUEST_TIMEOUT', '3601', 'must be a number from 1 to 3600'],
    ['S3_REQUEST_TIMEOUT', 'long', 'must be a number from 1 to 3600'],
    ['S3_CONCURRENCY', '65', 'must be a whole number from 1 to 64'],
    ['S3_CONCURRENCY', '1.5', 'must be a whole number from 1 to 64'],
  ])('refuse %s=%s', (name, value, message) => {
    const faults = faultsOf({ ...s3, [name]: value });
    expect(faults).toEqual([expect.stringContaining(`${name} must be`)]);
    expect(faults[0]).toContain(message);
  });

  it('refuse a key for encryption that is not ASCII', () => {
    expect(faultsOf({ ...s3, S3_ENCRYPTION: 'aws:kms', S3_ENCRYPTION_KEY: 'clé' })).toEqual([
      'S3_ENCRYPTION_KEY must be one word of ASCII characters, and the value (not shown) is not',
    ]);
  });

  it.each([[{}], [{ S3_ENCRYPTION: 'AES256' }]])('refuse a key for encryption with %j', (variables) => {
    expect(faultsOf({ ...s3, ...variables, S3_ENCRYPTION_KEY: 'alias/live-mem' })).toEqual([
      'S3_ENCRYPTION_KEY is a key for S3_ENCRYPTION=aws:kms alone: set that as well, or remove the key',
    ]);
  });
});

describe('a bucket', () => {
  const instead = 'set it, or set LIVE_MEM_STORE=folder';

  it('is asked for by name; all that is missing is told', () => {
    expect(faultsOf({ LIVE_MEM_STORE: 's3' })).toEqual(
      Object.keys(s3).map(
        (name) => `${name} is missing, and the S3 bucket that LIVE_MEM_STORE=s3 asks for needs it: ${instead}`,
      ),
    );
  });

  it.each(Object.entries({ ...s3, ...optional }))('is asked for by %s alone', (name, value) => {
    const missing = Object.keys(s3).filter((one) => one !== name);
    expect(faultsOf({ [name]: value }).filter((fault) => fault.includes('is missing'))).toEqual(
      missing.map((one) => `${one} is missing, and the S3 bucket that ${name} asks for needs it: ${instead}`),
    );
  });

  it('is asked for by every setting of its own', () => {
    const names = Object.keys(settingDescriptions).filter((name) => name.startsWith('S3_'));
    expect(Object.keys({ ...s3, ...optional }).toSorted()).toEqual(names.toSorted());
  });

  it('that lacks something is told together with what is wrong, each once', () => {
    const faults = faultsOf({ S3_ENDPOINT_URL: 'here', S3_BUCKET_NAME: 'live-mem', S3_ENCRYPTION_KEY: 'x' });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'S3_ENDPOINT_URL',
      'S3_ACCESS_KEY_ID',
      'S3_SECRET_ACCESS_KEY',
      'S3_ENCRYPTION_KEY',
    ]);
  });
});

describe('settings of a store that is not chosen', () => {
  it('have no effect, and are told', () => {
    const forced = { LIVE_MEM_STORE: 'folder', LIVE_MEM_DATA: '/srv/memory', S3_REGION_NAME: 'fr1' };
    expect(read(forced)).toMatchObject({
      store: { kind: 'folder', folder: '/srv/memory' },
      unused: ['S3_REGION_NAME'],
    });
    expect(read({ ...s3, LIVE_MEM_DATA: '/srv/memory' })).toMatchObject({
      store: { kind: 's3' },
      unused: ['LIVE_MEM_DATA'],
    });
    expect(read({ ...s3, LIVE_MEM_STORE: 's3' }).unused).toEqual([]);
  });
});
