import { z } from 'zod';
import { bytes } from '../fields.ts';

/** One document in an answer. */
export const documentFields = { filename: z.string(), content: z.string().describe('Markdown'), size: bytes };
