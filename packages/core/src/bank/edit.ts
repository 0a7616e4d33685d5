/** What can be done to one section. `content` is Markdown; see {@link applySectionEdits} for where it goes. */
export const sectionOperations = [
  'replace_section',
  'append_to_section',
  'prepend_to_section',
  'add_section',
  'delete_section',
] as const;

/** What can be done to a whole document. */
export const documentOperations = ['create', 'rewrite', 'delete'] as const;

/** One of {@link sectionOperations}. */
export type SectionOperation = (typeof sectionOperations)[number];

/** An edit of one section, addressed by the id its reader was given and by its heading: both must agree. */
export interface SectionEdit {
  readonly operation: SectionOperation;
  /** Id from the reader's {@link Section}. */
  readonly section: string;
  /** Its heading, without the `#` marks; letter case and white space count as in the document, runs of white space as one. */
  readonly heading: string;
  /** Markdown; empty for `delete_section`. */
  readonly content: string;
}
