import { type Answer, errorAnswer, xmlAnswer } from './answer.ts';
import type { StoredBytes } from './double.ts';
import { isFirstListing } from './operation.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { Settings } from './settings.ts';
import { parameter, type Target } from './target.ts';
import type { XmlElement } from './xml.ts';

/** Most entries of a page. */
const PAGE = 1000;

type Entry = readonly [name: string, object: StoredBytes | undefined];

/**
 * One page of a listing in the second version of the protocol.
 * @param cut ends the page after so many entries and says that there is more, whether there is or not
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function listObjects(
  objects: ReadonlyMap<string, StoredBytes>,
  target: Target,
  { bucket, rules, delimiters }: Pick<Settings, 'bucket' | 'rules' | 'delimiters'>,
  cut?: number,
): Answer {
  const refused = refusedListing(target, rules);
  if (refused) return errorAnswer(refused);
  const value = (name: string) => parameter(target, name);
  const size = Math.min(PAGE, Number(value('max-keys') || PAGE), cut ?? PAGE);
  const token = value('continuation-token');
  const after = token === undefined ? (value('start-after') ?? '') : lastOf(token);
  if (after === undefined) return errorAnswer(refusal('InvalidArgument', 'The continuation token is incorrect'));
  const asked = value('delimiter') ?? '';
  const delimiter = delimiters || asked === '/' ? asked : '';
  const rest = entriesOf(objects, value('prefix') ?? '', delimiter).filter(([name]) => name > after);
  const page = rest.slice(0, size);
  const truncated = cut !== undefined || (size > 0 && rest.length > size);
  const echoed = ['prefix', 'delimiter', 'start-after', 'continuation-token'] as const;
  return xmlAnswer(200, [
    'ListBucketResult',
    [
      ['Name', bucket],
      ...echoed.map((name): XmlElement => [elementNames[name], value(name) ?? '']),
      ['MaxKeys', value('max-keys') || `${PAGE}`],
      ['KeyCount', `${page.length}`],
      ['IsTruncated', `${truncated}`],
      ...(truncated ? [['NextContinuationToken', tokenAfter(page.at(-1)?.[0] ?? after)] as const] : []),
      // All objects come before all groups, as on S3: whoever wants one order must merge them.
      ...page.flatMap(([name, object]) => (object ? [contents(name, object)] : [])),
      ...page.flatMap(([name, object]) => (object ? [] : [commonPrefix(name)])),
    ],
  ]);
}

const elementNames = {
  prefix: 'Prefix',
  delimiter: 'Delimiter',
  'start-after': 'StartAfter',
  'continuation-token': 'ContinuationToken',
} as const;

function refusedListing(target: Target, rules: Settings['rules']): Refusal | undefined {
  if (isFirstListing(target)) return refusal('NotImplemented', 'The double lists with list-type=2 only.');
  if (parameter(target, 'encoding-type') !== undefined) {
    return rules === 'ecs'
      ? refusal('InvalidArgument', 'Invalid Encoding Method specified in Request')
      : refusal('NotImplemented', 'The double does not encode the keys of listings.');
  }
  if (/^\d*$/.test(parameter(target, 'max-keys') ?? '')) return undefined;
  return refusal('InvalidArgument', 'max-keys must be a whole number, 0 or more.');
}

/**
 * Keys and groups in the order of UTF-16 code units, which is that of their names too. A group that holds the name where a
 * listing starts comes before that name, so it is left out.
 */
function entriesOf(objects: ReadonlyMap<string, StoredBytes>, prefix: string, delimiter: string): Entry[] {
  const entries = new Map<string, StoredBytes | undefined>();
  // oxlint-disable-next-line require-array-sort-compare
  for (const key of [...objects.keys()].filter((name) => name.startsWith(prefix)).toSorted()) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) entries.set(key, objects.get(key));
    else entries.set(key.slice(0, end + delimiter.length), undefined);
  }
  return [...entries];
}

function contents(key: string, { etag, body, modifiedAt }: StoredBytes): XmlElement {
  return [
    'Contents',
    [
      ['Key', key],
      ['LastModified', new Date(modifiedAt).toISOString()],
      ['ETag', `"${etag}"`],
      ['Size', `${body.length}`],
      ['StorageClass', 'STANDARD'],
    ],
  ];
}

function commonPrefix(prefix: string): XmlElement {
  return ['CommonPrefixes', [['Prefix', prefix]]];
}

const tokenStart = 'after:';

/** In base64 with its `+`, `/` and `=`, which a client must encode to give it back. */
function tokenAfter(name: string): string {
  return Buffer.from(tokenStart + name, 'utf8').toString('base64');
}

function lastOf(token: string): string | undefined {
  const text = Buffer.from(token, 'base64').toString('utf8');
  return text.startsWith(tokenStart) ? text.slice(tokenStart.length) : undefined;
}
