import { UnreadableObjectError } from './errors.ts';

/**
 * What a stored text says.
 * @param key of the object, for the error
 * @throws {@link UnreadableObjectError} no JSON
 */
export function parseJson(key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableObjectError(key, 'it is no JSON', { cause });
  }
}

/** What a text says; undefined where it is no JSON. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
