/**
 * Consolidation without a model.
 * @module @live-mem/consolidator-outline
 */
export { citationOf, type Entry, entries } from './entry.ts';
export { createOutlineConsolidator } from './outline-consolidator.ts';
