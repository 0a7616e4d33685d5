/**
 * What agents can do, as data.
 * @module @live-mem/tools
 */
export { answerOfError, type ErrorAnswer } from './answer-of-error.ts';
export { ConfirmationNeededError } from './errors.ts';
export { type Gated, mayCall, type ToolPermission } from './gate.ts';
export { listedTools } from './listed-tools.ts';
export { liveImport } from './notes/live-import.ts';
export type { Tool, ToolAnnotations, ToolAnswer, ToolContext, ToolProgress } from './tool.ts';
export { tools } from './tools.ts';
