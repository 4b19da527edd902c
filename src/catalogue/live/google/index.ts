import type { Restatement } from '../restatement.ts';

/** By family. */
export const GOOGLE_RESTATEMENTS: readonly Restatement[] = [];
