import type { LiveTable } from '../tables.ts';
import { APP_TOLD } from './app-told.ts';
import { COMPUTE_TOLD } from './compute-told.ts';
import { CONTAINER_TOLD } from './container-told.ts';
import { DATA_TOLD } from './data-told.ts';
import { EDGE_TOLD } from './edge-told.ts';
import { GOVERNANCE_TOLD } from './governance-told.ts';
import { MESSAGING_TOLD } from './messaging-told.ts';
import { NETWORK_TOLD } from './network-told.ts';
import { SQL_TOLD } from './sql-told.ts';
import { STORAGE_TOLD } from './storage-told.ts';

/** By family. */
export const AZURE_TOLD: readonly LiveTable[] = [
  ...APP_TOLD,
  ...COMPUTE_TOLD,
  ...CONTAINER_TOLD,
  ...DATA_TOLD,
  ...EDGE_TOLD,
  ...GOVERNANCE_TOLD,
  ...MESSAGING_TOLD,
  ...NETWORK_TOLD,
  ...SQL_TOLD,
  ...STORAGE_TOLD,
];
