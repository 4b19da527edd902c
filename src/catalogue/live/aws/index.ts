import type { Restatement } from '../restatement.ts';

/** By family. */
export const AWS_RESTATEMENTS: readonly Restatement[] = [];
