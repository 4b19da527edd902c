import type { Restatement } from '../restatement.ts';

/** By family. */
export const AZURE_RESTATEMENTS: readonly Restatement[] = [];
