import type { Restatement } from '../restatement.ts';
import { COMPUTE } from './compute.ts';
import { CONTAINERS } from './containers.ts';
import { DATA } from './data.ts';
import { NETWORK } from './network.ts';
import { SECURITY } from './security.ts';
import { SERVERLESS } from './serverless.ts';
import { SQL } from './sql.ts';
import { STORAGE } from './storage.ts';

/** Every type of Cloud Asset Inventory that the catalogue can tell in the words of Terraform, by family. */
export const GOOGLE_RESTATEMENTS: readonly Restatement[] = [
  ...STORAGE,
  ...SQL,
  ...DATA,
  ...COMPUTE,
  ...NETWORK,
  ...CONTAINERS,
  ...SERVERLESS,
  ...SECURITY,
];
