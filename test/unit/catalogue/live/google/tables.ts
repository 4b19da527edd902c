import type { LiveTable } from '../tables.ts';
import { APP_TOLD } from './app-told.ts';
import { COMPUTE_TOLD } from './compute-told.ts';
import { DATA_TOLD } from './data-told.ts';
import { GOVERNANCE_TOLD } from './governance-told.ts';
import { NETWORK_TOLD } from './network-told.ts';

/** By family. */
export const GOOGLE_TOLD: readonly LiveTable[] = [
  ...APP_TOLD,
  ...COMPUTE_TOLD,
  ...DATA_TOLD,
  ...GOVERNANCE_TOLD,
  ...NETWORK_TOLD,
];
