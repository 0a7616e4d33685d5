import {
  allow,
  type Caller,
  ForbiddenError,
  type InputFault,
  InvalidInputError,
  includesPermission,
  type LiveMemory,
  type Permission,
  type SpaceFile,
} from '@live-mem/core';
import { z } from 'zod';
import { faultWords } from './fault-words.ts';

/** What a caller must be allowed to do: `read ⊂ write ⊂ manage ⊂ admin`. `any`: every token may call it. */
export type ToolPermission = 'any' | Permission;

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
  /** Notes dealt with. */
  readonly done: number;
  /** Notes there are to deal with. */
  readonly total: number;
}

/** Who calls, and how the call is followed. */
export interface ToolContext {
  /** Its name is the agent's: notes and commits bear it. */
  readonly caller: Caller;
  /** Packs files into a tar.gz whose paths begin with `root`. Absent: this surface passes no archives on. */
  readonly archive?: ((files: AsyncIterable<SpaceFile>, root: string) => AsyncIterable<Uint8Array>) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ToolProgress) => void) | undefined;
}

/** Every answer says in one word how the call ended. */
export interface ToolAnswer {
  readonly status: string;
}

/** One tool, as data: what the MCP server and the command line are built from. */
export interface Tool<Input = unknown, Output extends ToolAnswer = ToolAnswer> {
  /** As agents call it. */
  readonly name: string;
  /** As people read it. */
  readonly title: string;
  /** What it does, when to use it, which tool comes next. */
  readonly description: string;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly annotations: ToolAnnotations;
  readonly permission: ToolPermission;
  /** The key from the environment may call it too, to make the first administrator. */
  readonly bootstrap?: true | undefined;
  /**
   * Checks the input, then whether the caller may do this, and in this space; then does the work.
   * @throws {@link ForbiddenError} {@link SpaceNotFoundError} see {@link allow}
   * @throws {@link LiveMemoryError} whatever the core says; the input breaks a rule: {@link InvalidInputError}
   */
  call(memory: LiveMemory, input: Input, context: ToolContext): Promise<Output>;
}

/** A tool before {@link defineTool} puts the check of its input in front of its handler. */
export interface ToolDefinition<Input extends z.ZodType, Output extends z.ZodType<ToolAnswer>>
  extends Omit<Tool, 'input' | 'output' | 'call'> {
  readonly input: Input;
  readonly output: Output;
  /** The space that a call is about; `space_id`, where it is not said. Undefined: none that must exist and be on the caller's list. */
  readonly space?: (input: z.output<Input>) => string | undefined;
  readonly handler: (memory: LiveMemory, input: z.output<Input>, context: ToolContext) => Promise<z.output<Output>>;
}

/** Makes a tool of its definition. */
export function defineTool<Input extends z.ZodType, Output extends z.ZodType<ToolAnswer>>({
  handler,
  space: spaceOf = spaceIdOf,
  ...facts
}: ToolDefinition<Input, Output>): Tool<z.input<Input>, z.output<Output>> {
  return {
    ...facts,
    async call(memory, input, context) {
      const given = checked(facts.input, input);
      enter(facts, context.caller, spaceOf(given));
      return withoutUndefined(await handler(memory, given, context));
    },
  };
}

/** Whether a caller may ever call a tool: else it is not told of it. */
export function mayCall({ permission, bootstrap }: Pick<Tool, 'permission' | 'bootstrap'>, caller: Caller): boolean {
  if (caller.kind === 'bootstrap') return bootstrap === true;
  return permission === 'any' || includesPermission(caller.permission, permission);
}

/**
 * The gate before every tool. Of an input that is wrong nothing is looked up, so that its faults tell nothing of what is there.
 * @throws {@link ForbiddenError} {@link SpaceNotFoundError}
 */
function enter(facts: Pick<Tool, 'permission' | 'bootstrap'>, caller: Caller, space?: string): void {
  const { permission } = facts;
  if (caller.kind === 'bootstrap') {
    if (mayCall(facts, caller)) return;
    throw new ForbiddenError('this key only makes the first administrator: call admin_create_token with it');
  }
  if (permission !== 'any') allow(caller, permission, space);
}

const aboutSpace = z.object({ space_id: z.string().min(1) });

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
