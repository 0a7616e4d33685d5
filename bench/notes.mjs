/**
 * Notes as agents leave them: most are short, some hold lists, code or several paragraphs. The same ones at every run.
 * @param {number} count
 * @param {{ agents?: number, minutesApart?: number }} [options]
 * @returns {string[]} JSON Lines
 */
export function sampleNotes(count, { agents = 175, minutesApart = 15 } = {}) {
  const categories = [
    'progress',
    'progress',
    'progress',
    'issue',
    'decision',
    'observation',
    'todo',
    'insight',
    'question',
  ];
  const start = Date.UTC(2025, 0, 1);
  return Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      timestamp: new Date(start + n * minutesApart * 60_000).toISOString(),
      agent: `agent-${(n * 31) % agents}`,
      category: categories[(n * 7) % categories.length],
      tags: [`area-${n % 12}`],
      content: contentOf(n),
    }),
  );
}

function contentOf(n) {
  const first = `Note ${n}: the ${['parser', 'store', 'log', 'server', 'client'][n % 5]} now handles case ${n * 17} (#${n})`;
  if (n % 5 !== 0) return first;
  const list = `\n\n- what was seen: ${'x'.repeat(n % 60)}\n- what was done: see \`src/file-${n}.ts\``;
  return n % 10 === 0 ? `${first}${list}\n\n\`\`\`sh\n# install\nnpm i thing@${n}\n\`\`\`` : first + list;
}
