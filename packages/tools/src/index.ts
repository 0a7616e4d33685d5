export { answerOfError, type ErrorAnswer } from './answer-of-error.ts';
export { ConfirmationNeededError } from './errors.ts';
export { liveImport } from './notes/live-import.ts';
export type { Tool, ToolAnnotations, ToolAnswer, ToolContext, ToolPermission, ToolProgress } from './tool.ts';
export { mayCall } from './tool.ts';
export { tools } from './tools.ts';
