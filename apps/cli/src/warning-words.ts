/** What the core's warnings mean to whoever runs a command. */
export const warningWords: Readonly<Record<string, string>> = {
  'space not settled after a read': 'edits by hand could not be taken in',
  'space not settled: too much changed meanwhile':
    'the stored documents do not show the newest commit yet, others kept changing them; the next command goes on',
  'change made, but its objects do not show it yet': 'the change is made, but the stored documents do not show it yet',
  'the store refuses a document': 'a stored document does not show what the memory holds',
  'document cannot be read': 'a stored document cannot be read: live-mem doctor names it',
  '_meta.json cannot be read': 'the description of a space cannot be read: live-mem doctor names it',
  'unexpected error': 'nobody expected this',
};
