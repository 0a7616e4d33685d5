import { type InputFault, InvalidInputError, type LiveMemory } from '@live-mem/core';
import type { z } from 'zod';
import { faultWords } from './fault-words.ts';

/** What a caller must be allowed to do: `read ⊂ write ⊂ manage ⊂ admin`. `any`: every token may call it. */
export type Permission = 'any' | 'read' | 'write' | 'manage' | 'admin';

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
  /** The agent whose name notes and commits bear. */
  readonly actor: string;
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
  readonly permission: Permission;
  /**
   * Checks the input and does the work.
   * @throws {@link LiveMemoryError} whatever the core says; the input breaks a rule: {@link InvalidInputError}
   */
  call(memory: LiveMemory, input: Input, context: ToolContext): Promise<Output>;
}

/** A tool before {@link defineTool} puts the check of its input in front of its handler. */
export interface ToolDefinition<Input extends z.ZodType, Output extends z.ZodType<ToolAnswer>>
  extends Omit<Tool, 'input' | 'output' | 'call'> {
  readonly input: Input;
  readonly output: Output;
  readonly handler: (memory: LiveMemory, input: z.output<Input>, context: ToolContext) => Promise<z.output<Output>>;
}

/** Makes a tool of its definition. */
export function defineTool<Input extends z.ZodType, Output extends z.ZodType<ToolAnswer>>({
  handler,
  ...facts
}: ToolDefinition<Input, Output>): Tool<z.input<Input>, z.output<Output>> {
  return {
    ...facts,
    async call(memory, input, context) {
      return withoutUndefined(await handler(memory, checked(facts.input, input), context));
    },
  };
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
