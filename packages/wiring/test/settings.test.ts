import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readSettings, Secret, type Settings, SettingsError, settingDescriptions } from '@live-mem/wiring';

const read = (variables: Record<string, string>): Settings => readSettings({ variables, folder: '/srv/here' });

function faultsOf(variables: Record<string, string>): string {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'none';
}

const s3 = {
  S3_ENDPOINT_URL: 'https://s3.example.org',
  S3_ACCESS_KEY_ID: 'AKIA0001',
  S3_SECRET_ACCESS_KEY: 'hush-hush',
  S3_BUCKET_NAME: 'live-mem',
};
const model = { LLMAAS_API_URL: 'https://ai.example.org/v1', LLMAAS_API_KEY: 'hush-hush' };

describe('settings', () => {
  it('have defaults for everything', () => {
    const { agent, ...rest } = read({});
    expect(rest).toMatchObject({
      store: { kind: 'folder', folder: '/srv/here/data' },
      consolidator: { kind: 'outline' },
      log: undefined,
      colour: true,
      unused: [],
    });
    expect(agent).not.toBe('');
  });

  it('are taken from the environment; what is empty is not set', () => {
    const variables = {
      LIVE_MEM_DATA: '/srv/memory',
      LIVE_MEM_AGENT: 'ann',
      LIVE_MEM_LOG: 'debug',
      NO_COLOR: '1',
      LIVE_MEM_STORE: '',
    };
    expect(read(variables)).toMatchObject({
      store: { folder: '/srv/memory' },
      agent: 'ann',
      log: 'debug',
      colour: false,
    });
    expect(read({ NO_COLOR: '', S3_ENDPOINT_URL: ' ' })).toMatchObject({ colour: true, unused: [] });
  });

  it.each([
    [{ LIVE_MEM_STORE: 'disk' }, 'LIVE_MEM_STORE must be folder or s3, and "disk" is not'],
    [{ LIVE_MEM_CONSOLIDATOR: 'gpt' }, 'LIVE_MEM_CONSOLIDATOR must be outline or qwen, and "gpt" is not'],
    [{ LIVE_MEM_AGENT: 'two\nlines' }, 'LIVE_MEM_AGENT must be one line'],
    [{ LIVE_MEM_AGENT: 'x'.repeat(101) }, 'LIVE_MEM_AGENT must be one line'],
    [{ LIVE_MEM_LOG: 'loud' }, 'LIVE_MEM_LOG must be silent, error, warn, info or debug'],
    [{ LIVE_MEM_DTA: 'x' }, 'LIVE_MEM_DTA is no setting, and has the value "x": did you mean LIVE_MEM_DATA?'],
    [
      { LIVE_MEM_SOMETHING_ELSE: 'x' },
      'LIVE_MEM_SOMETHING_ELSE is no setting, and has the value "x": unset it; those there are: LIVE_MEM_DATA, LIVE_MEM_STORE,',
    ],
    [{ S3_ENDPOINT_URL: 's3.example.org' }, 'S3_ENDPOINT_URL must be an http or https address'],
    [{ S3_ENDPOINT_URL: 'ftp://s3.example.org' }, 'S3_ENDPOINT_URL must be an http or https address'],
    [{ S3_BUCKET_NAME: 'no' }, 'S3_BUCKET_NAME must be 3 to 63'],
    [{ S3_REGION_NAME: 'f r' }, 'S3_REGION_NAME must be letters'],
    [{ LLMAAS_MAX_TOKENS: '0' }, 'LLMAAS_MAX_TOKENS must be a whole number'],
    [{ LLMAAS_MAX_TOKENS: '1.5' }, 'LLMAAS_MAX_TOKENS must be a whole number'],
    [{ LLMAAS_TEMPERATURE: '2.1' }, 'LLMAAS_TEMPERATURE must be a number from 0 to 2'],
    [{ LLMAAS_TEMPERATURE: 'warm' }, 'LLMAAS_TEMPERATURE must be a number from 0 to 2'],
  ])('%j are refused', (variables, message) => {
    expect(faultsOf(variables as Record<string, string>)).toContain(message);
  });

  it.each([
    ['S3_ENDPOINT_URL', 'https://your-endpoint.s3.fr1.cloud-temple.com'],
    ['S3_ACCESS_KEY_ID', 'AKIA_YOUR_KEY'],
    ['S3_SECRET_ACCESS_KEY', 'your_secret'],
    ['S3_SESSION_TOKEN', 'your_session_token'],
    ['S3_PROXY_URL', 'http://user:password@proxy.example.org:3128'],
    ['LLMAAS_API_KEY', 'your_key'],
  ])('%s is refused while it holds the placeholder of the documentation', (name, placeholder) => {
    const forced = { LIVE_MEM_STORE: 'folder', LIVE_MEM_CONSOLIDATOR: 'outline' };
    expect(faultsOf({ ...forced, [name]: placeholder })).toBe(
      `${name} still is the placeholder of the documentation: put your own value, or remove the line`,
    );
  });

  it('that are wrong are told all at once, with the remedy to fix the setup', () => {
    const wrong = { LIVE_MEM_LOG: 'loud', LLMAAS_TEMPERATURE: '9', LIVE_MEM_STOR: 's3' };
    expect(() => read(wrong)).toThrow(SettingsError);
    expect(faultsOf(wrong).split('; ')).toHaveLength(4);
    expect(new SettingsError([])).toMatchObject({ remedy: 'fix-setup', code: 'WRONG_SETTINGS' });
  });

  it.each([
    [{ S3_SECRET_ACCESS_KEY: 'hush hush' }],
    [{ LLMAAS_API_KEY: 'hush hush' }],
    [{ S3_ACCESS_KEY_ID: 'hush hush' }],
    [{ S3_ENDPOINT_URL: 'https://me:hush@s3.example.org' }],
    [{ S3_SESSION_TOKEN: 'hush hush' }],
    [{ S3_PROXY_URL: 'socks5://me:hush@127.0.0.1' }],
    [{ S3_PROXY_URL: 'hush:hush' }],
    [{ S3_ENCRYPTION_KEY: 'hush hush' }],
    [{ S3_ENCRYPTION_KEY: 'hush' }],
    [{ ...s3, S3_CONCURRENCY: '0' }],
    [{ LIVE_MEM_TOKEN: 'hush' }],
    [{ LIVE_MEM_S3_SECRET: 'hush' }],
    [{ LIVE_MEM_STOR: 'https://me:hush@s3.example.org' }],
    [{ LIVE_MEM_STOR: 'hush0123456789abcdef' }],
    [model],
  ])('never show a secret: %#', (variables) => {
    const told = faultsOf(variables);
    expect(told).not.toBe('none');
    expect(told).not.toContain('hush');
  });
});

describe('a model, which nothing asks yet,', () => {
  it.each([
    [model, /LLMAAS_API_URL, LLMAAS_API_KEY ask for a language model.*or set LIVE_MEM_CONSOLIDATOR=outline/],
    [{ LIVE_MEM_CONSOLIDATOR: 'qwen' }, /LIVE_MEM_CONSOLIDATOR=qwen asks for a language model/],
  ])('is refused: %#', (variables, message) => {
    expect(faultsOf(variables as Record<string, string>)).toMatch(message);
  });

  it('is not asked for where another consolidator is forced; its settings are told to have no effect', () => {
    expect(read({ ...model, LIVE_MEM_CONSOLIDATOR: 'outline' }).unused).toEqual(Object.keys(model));
  });

  const examples = { ...model, LLMAAS_MODEL: 'qwen', LLMAAS_MAX_TOKENS: '5', LLMAAS_TEMPERATURE: '0.3' };

  it.each(Object.entries(examples))('is asked for by %s alone', (name, value) => {
    expect(faultsOf({ [name]: value })).toMatch(
      new RegExp(`^${name} asks for .*: unset ${name}, or set LIVE_MEM_CONSOLIDATOR=outline$`),
    );
  });

  it('is asked for by every setting of its own', () => {
    const names = Object.keys(settingDescriptions).filter((name) => name.startsWith('LLMAAS_'));
    expect(Object.keys(examples).toSorted()).toEqual(names.toSorted());
  });
});

describe('tokens and backups', () => {
  it('keep five backups for ever, where nothing is said, and know no key', () => {
    expect(read({})).toMatchObject({ retention: { count: 5, days: 0 }, bootstrapKey: undefined });
  });

  it('take what is set', () => {
    const key = 'x'.repeat(32);
    const set = { BACKUP_RETENTION_COUNT: '0', BACKUP_RETENTION_DAYS: '90', ADMIN_BOOTSTRAP_KEY: key };
    const { retention, bootstrapKey } = read(set);
    expect({ retention, key: bootstrapKey?.reveal() }).toEqual({ retention: { count: 0, days: 90 }, key });
  });

  it.each([
    ['BACKUP_RETENTION_COUNT', '-1'],
    ['BACKUP_RETENTION_COUNT', '1.5'],
    ['BACKUP_RETENTION_DAYS', 'ten'],
    ['ADMIN_BOOTSTRAP_KEY', 'short'],
  ])('refuse %s=%s', (name, value) => {
    expect(faultsOf({ [name]: value })).toContain(name);
  });

  it('never show a key that is too short', () => {
    expect(faultsOf({ ADMIN_BOOTSTRAP_KEY: 'tooshortsecret' })).not.toContain('tooshortsecret');
  });
});

describe('a secret', () => {
  it('is told to who asks for it, and to nobody else', () => {
    const secret = new Secret('hush-hush');
    expect(secret.reveal()).toBe('hush-hush');
    const seen = [String(secret), JSON.stringify({ secret }), inspect({ secret }, { showHidden: true, depth: 9 })];
    for (const text of seen) expect(text).toMatch(/^(?!.*hush).*not shown/s);
  });

  it('is not seen where settings are printed', () => {
    const proxy = { S3_PROXY_URL: 'http://ann:hush@127.0.0.1', S3_SESSION_TOKEN: 'hush' };
    const kms = { S3_ENCRYPTION: 'aws:kms', S3_ENCRYPTION_KEY: 'hush' };
    const key = { ADMIN_BOOTSTRAP_KEY: 'hush'.repeat(8) };
    const settings = read({ ...s3, ...proxy, ...kms, ...key, S3_ACCESS_KEY_ID: 'hush' });
    expect(JSON.stringify(settings) + inspect(settings, { showHidden: true, depth: 9 })).not.toContain('hush');
  });
});
