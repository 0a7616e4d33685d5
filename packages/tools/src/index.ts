export { answerOfError, type ErrorAnswer } from './answer-of-error.ts';
export { ConfirmationNeededError } from './errors.ts';
export { liveImport } from './notes/live-import.ts';
export type { Permission, Tool, ToolAnnotations, ToolAnswer, ToolContext, ToolProgress } from './tool.ts';
export { tools } from './tools.ts';
