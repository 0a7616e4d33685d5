/** Draws an id nobody drew before: at least 8 lower-case hexadecimal digits. Tests draw ids that count. */
export type NewId = () => string;
