/** An element with its text or its children. */
export type XmlElement = readonly [name: string, content: string | readonly XmlElement[]];

const namespace = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** A whole document of S3. */
export function xmlDocument([name, content]: XmlElement): string {
  // Error documents have no namespace.
  const attribute = name === 'Error' ? '' : namespace;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${xmlContent(content)}</${name}>`;
}

function xmlContent(content: XmlElement[1]): string {
  if (typeof content === 'string') return escaped(content);
  return content.map(([name, inner]) => `<${name}>${xmlContent(inner)}</${name}>`).join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Control characters as references, as AWS and Ceph write them: a parser would turn a bare carriage return into a line feed.
 * XML 1.0 does not have the others at all.
 */
function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex
  const awkward = /[&<>"\u0000-\u0008\u000b-\u001f\u007f]/g;
  return text.replace(awkward, (sign) => entities[sign] ?? `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`);
}
