const ISO_8601 =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-]\d{2}):?(\d{2})?)?)?$/;

/**
 * The moment an ISO 8601 date and time names, in milliseconds since the Unix epoch; undefined where it names none.
 * Any offset; without one, UTC; a date alone is its first moment.
 */
export function parseInstant(text: string): number | undefined {
  const parts = ISO_8601.exec(text);
  if (!parts) return undefined;
  const [, date, time = '00:00', seconds = '00', fraction = '', , offsetHours = '+00', offsetMinutes = '00'] = parts;
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  const at = Date.parse(`${date}T${time}:${seconds}.${millis}${offsetHours}:${offsetMinutes}`);
  if (Number.isNaN(at) || !isDay(date)) return undefined;
  return at < 0 || new Date(at).getUTCFullYear() > 9999 ? undefined : at;
}

/** ECMAScript takes February 31 for March 3. */
function isDay(date: string | undefined): boolean {
  const start = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(`${date}T`);
}

/** ISO 8601 in UTC, to the millisecond. */
export function formatInstant(at: number): string {
  return new Date(at).toISOString();
}
