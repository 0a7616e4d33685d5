// The only globals core uses beyond ECMAScript, in the part core needs of them. This file is read while core is
// compiled and never emitted: whoever uses core has its own AbortSignal, from the DOM or from Node's types.

/** @see https://dom.spec.whatwg.org/#interface-AbortSignal */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

// Values and not types, since Node's types have no global type of these names: core's declarations cannot name them.

/** @see https://encoding.spec.whatwg.org/#interface-textencoder */
declare const TextEncoder: new () => {
  encode(input?: string): Uint8Array<ArrayBuffer>;
};

/** @see https://encoding.spec.whatwg.org/#interface-textdecoder */
declare const TextDecoder: new (
  label?: 'utf-8',
  options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean },
) => {
  /** @throws {TypeError} the decoder is `fatal` and `input` is not in its encoding */
  decode(input?: Uint8Array, options?: { readonly stream?: boolean }): string;
};
