import type { Caller } from '@live-mem/core';
import { mayCall } from './gate.ts';
import type { Tool } from './tool.ts';
import { tools } from './tools.ts';

/** The tools that a caller is told of: those it may ever call, in the order of {@link tools}. */
export function listedTools(caller: Caller): readonly Tool[] {
  return Object.values<Tool>(tools).filter((tool) => mayCall(tool, caller));
}
