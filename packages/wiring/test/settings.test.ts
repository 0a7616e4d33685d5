import { describe, expect, it } from '@jest/globals';
import { readSettings, type Settings, SettingsError, settingDescriptions } from '@live-mem/wiring';

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
    [{ LIVE_MEM_TOKEN: 'hush' }],
    [{ LIVE_MEM_S3_SECRET: 'hush' }],
    [{ LIVE_MEM_STOR: 'https://me:hush@s3.example.org' }],
    [{ LIVE_MEM_STOR: 'hush0123456789abcdef' }],
    [s3],
    [model],
  ])('never show a secret: %#', (variables) => {
    expect(faultsOf(variables as Record<string, string>)).not.toContain('hush');
  });
});

describe('adapters that do not exist yet', () => {
  it.each([
    [s3, /S3_BUCKET_NAME ask for an S3 bucket.*unset S3_ENDPOINT_URL, .*or set LIVE_MEM_STORE=folder/],
    [
      { LIVE_MEM_STORE: 's3' },
      /LIVE_MEM_STORE=s3 asks for an S3 bucket.*: unset LIVE_MEM_STORE, or set LIVE_MEM_STORE=folder/,
    ],
    [
      { LIVE_MEM_STORE: 's3', S3_BUCKET_NAME: 'live-mem' },
      /LIVE_MEM_STORE=s3, S3_BUCKET_NAME ask for.*: unset LIVE_MEM_STORE, S3_BUCKET_NAME, or set/,
    ],
    [model, /LLMAAS_API_URL, LLMAAS_API_KEY ask for a language model.*or set LIVE_MEM_CONSOLIDATOR=outline/],
    [{ LIVE_MEM_CONSOLIDATOR: 'qwen' }, /LIVE_MEM_CONSOLIDATOR=qwen asks for a language model/],
  ])('are refused: %#', (variables, message) => {
    expect(faultsOf(variables as Record<string, string>)).toMatch(message);
  });

  it('are not asked for where others are forced; their settings are told to have no effect', () => {
    const forced = { LIVE_MEM_STORE: 'folder', LIVE_MEM_CONSOLIDATOR: 'outline' };
    expect(read({ ...s3, ...model, ...forced }).unused).toEqual([...Object.keys(s3), ...Object.keys(model)]);
  });

  const examples = Object.entries({
    ...s3,
    ...model,
    S3_REGION_NAME: 'fr1',
    LLMAAS_MODEL: 'qwen',
    LLMAAS_MAX_TOKENS: '5',
    LLMAAS_TEMPERATURE: '0.3',
  });

  it.each(examples)('are asked for by %s alone', (name, value) => {
    const instead = name.startsWith('S3_') ? 'LIVE_MEM_STORE=folder' : 'LIVE_MEM_CONSOLIDATOR=outline';
    expect(faultsOf({ [name]: value })).toMatch(new RegExp(`^${name} asks for .*: unset ${name}, or set ${instead}$`));
  });

  it('are asked for by every setting of theirs', () => {
    const names = Object.keys(settingDescriptions).filter((name) => /^(?:S3|LLMAAS)_/.test(name));
    expect(examples.map(([name]) => name).toSorted()).toEqual(names.toSorted());
  });
});

describe('tokens and backups', () => {
  it('keep five backups for ever, where nothing is said, and know no key', () => {
    expect(read({})).toMatchObject({ retention: { count: 5, days: 0 }, bootstrapKey: undefined });
  });

  it('take what is set', () => {
    const key = 'x'.repeat(32);
    const set = { BACKUP_RETENTION_COUNT: '0', BACKUP_RETENTION_DAYS: '90', ADMIN_BOOTSTRAP_KEY: key };
    expect(read(set)).toMatchObject({ retention: { count: 0, days: 90 }, bootstrapKey: key });
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
