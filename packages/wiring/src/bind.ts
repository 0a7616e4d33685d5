import type { BindInWhenOnFluentSyntax, Container, ServiceIdentifier } from 'inversify';

/** A symbol at run time; carries the type of the part at compile time. */
export type Token<Part> = symbol & { readonly part?: () => Part };

/** A new token; its name is seen in errors of the container. */
export function token<Part>(name: string): Token<Part> {
  return Symbol(name);
}

/**
 * Binds a part to the factory that makes it of other parts. inversify checks neither their order nor their types; this does:
 * each token must be of the type the factory takes in its place.
 */
export function bindFactory<Part, Parts extends readonly unknown[]>(
  container: Container,
  made: Token<Part>,
  factory: (...parts: Parts) => NoInfer<Part>,
  ...from: { readonly [Index in keyof Parts]: Token<Parts[Index]> }
): BindInWhenOnFluentSyntax<Part> {
  const injected = [...from] as readonly symbol[] as readonly ServiceIdentifier[];
  return container
    .bind<Part>(made)
    .toResolvedValue((...parts: unknown[]) => factory(...(parts as unknown as Parts)), [...injected] as never);
}

/** The part a token stands for. */
export function take<Part>(container: Container, wanted: Token<Part>): Part {
  return container.get<Part>(wanted);
}
