import { type Caller, type InputFault, InvalidInputError, type LiveMemory, type SpaceFile } from '@live-mem/core';
import { z } from 'zod';
import { faultWords } from './fault-words.ts';
import { asCalled } from './faults-as-called.ts';
import { spaceId } from './fields.ts';
import { enter, type Gated } from './gate.ts';

/** What a client may assume of a tool before it calls it. */
export interface ToolAnnotations {
  /** Changes nothing. */
  readonly readOnly: boolean;
  /** May take away what it does not give back. */
  readonly destructive: boolean;
  /** A second call with the same input changes nothing more. */
  readonly idempotent: boolean;
  /** Reaches beyond this memory. */
  readonly openWorld: boolean;
}

/** How far long work has come. */
export interface ToolProgress {
  /** Notes, or files of a backup, dealt with. */
  readonly done: number;
  /** How many there are to deal with. */
  readonly total: number;
}

/** Who calls, and how the call is followed. */
export interface ToolContext {
  /** Its name is the agent's: notes and commits bear it. */
  readonly caller: Caller;
  /** Packs files into a tar.gz whose paths begin with `root`. Absent: this surface passes no archives on. */
  readonly archive?: ((files: AsyncIterable<SpaceFile>, root: string) => AsyncIterable<Uint8Array>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then by tools that take long. */
  readonly onProgress?: ((progress: ToolProgress) => void) | undefined;
}

/** Every answer says in one word how the call ended. */
export interface ToolAnswer {
  readonly status: string;
}

/** One tool, as data: what the MCP server and the command line are built from. */
export interface Tool<Input = unknown, Output extends ToolAnswer = ToolAnswer> extends Gated {
  /** As agents call it. */
  readonly name: string;
  /** As people read it. */
  readonly title: string;
  /** What it does, when to use it, which tool comes next. */
  readonly description: string;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly annotations: ToolAnnotations;
  /**
   * Asks whether the caller may do this, and in this space; then checks the input; then does the work.
   * @throws {@link ForbiddenError} {@link SpaceNotFoundError} see `allow` of the core
   * @throws {@link LiveMemoryError} whatever the core says; the input breaks a rule: {@link InvalidInputError}
   */
  call(memory: LiveMemory, input: Input, context: ToolContext): Promise<Output>;
}

/** A tool before {@link defineTool} puts the gate and the check of its input in front of its handler. */
export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodType<ToolAnswer>>
  extends Omit<Tool, 'input' | 'output' | 'call'> {
  readonly input: Input;
  readonly output: Output;
  /**
   * The space that a call is about, of an input that nobody has checked yet; `space_id`, where it is not said. Undefined: none that the
   * caller would have to be let into.
   */
  readonly space?: (input: unknown) => string | undefined;
  readonly handler: (memory: LiveMemory, input: z.output<Input>, context: ToolContext) => Promise<z.output<Output>>;
}

/** Makes a tool of its definition. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodType<ToolAnswer>>({
  handler,
  space: spaceOf = spaceIdOf,
  ...facts
}: ToolDefinition<Input, Output>): Tool<z.input<Input>, z.output<Output>> {
  return {
    ...facts,
    async call(memory, input, context) {
      // Whoever may not call is told nothing of the input; then the space is asked for as the handler reads it.
      enter(facts, context.caller, spaceOf(input));
      const given = checked(facts.input, input);
      enter(facts, context.caller, spaceOf(given));
      try {
        return withoutUndefined(await handler(memory, given, context));
      } catch (error) {
        throw asCalled(error, facts.input.shape);
      }
    },
  };
}

const aboutSpace = z.object({ space_id: spaceId });

function spaceIdOf(input: unknown): string | undefined {
  return aboutSpace.safeParse(input).data?.space_id;
}

/** The four kinds of tool there are, by what they do to the memory. */
export const reads: ToolAnnotations = { readOnly: true, destructive: false, idempotent: true, openWorld: false };
/** Adds something each time. */
export const adds: ToolAnnotations = { ...reads, readOnly: false, idempotent: false };
/** Sets something to what the input says. */
export const sets: ToolAnnotations = { ...reads, readOnly: false };
/** Takes something away. */
export const removes: ToolAnnotations = { ...sets, destructive: true };

function checked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input, { error: faultWords });
  if (result.success) return result.data;
  throw new InvalidInputError(result.error.issues.map(faultOf));
}

function faultOf({ path, message }: z.core.$ZodIssue): InputFault {
  return { at: path.join('.') || 'input', message };
}

/** JSON has no undefined, and an answer no empty field. */
function withoutUndefined<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutUndefined) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries.map(([name, field]) => [name, withoutUndefined(field)])) as Value;
}
