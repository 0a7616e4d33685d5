/** Draws random bytes that nobody can guess. Tests may count. */
export type RandomBytes = (length: number) => Uint8Array;
