import { styleText } from 'node:util';
import type { Io, Output } from './io.ts';

/** Styles of a terminal; each leaves text as it is where there are no colours. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly name: (text: string) => string;
}

/** Colours that read well on dark and on light; none where `output` is no terminal, or NO_COLOR is set. */
export function paintFor({ variables }: Pick<Io, 'variables'>, output: Output): Paint {
  const on = output.isTerminal && !variables['NO_COLOR'] && variables['TERM'] !== 'dumb';
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    on && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: style('bold'),
    dim: style('dim'),
    good: style('green'),
    bad: style('red'),
    warn: style('yellow'),
    name: style('cyan'),
  };
}
