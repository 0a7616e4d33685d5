import { inspect } from 'node:util';

const NOT_SHOWN = '(not shown)';

/** A text that is not seen when what holds it is logged, printed or made JSON; whoever needs it asks for it. */
export class Secret {
  readonly #text: string;

  /** @param text what nobody shall see */
  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for the one who needs it. */
  reveal(): string {
    return this.#text;
  }

  /** As JSON has it. */
  toJSON(): string {
    return NOT_SHOWN;
  }

  /** As templates have it. */
  toString(): string {
    return NOT_SHOWN;
  }

  /** As the console has it. */
  [inspect.custom](): string {
    return NOT_SHOWN;
  }
}
