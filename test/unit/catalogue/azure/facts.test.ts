import { AZURE_KINDS } from '../../../../src/catalogue/azure/index.ts';
import { runClaims } from '../run-tables.ts';
import { APP_CLAIMS } from './app-claims.ts';
import { COMPUTE_CLAIMS } from './compute-claims.ts';
import { DATA_CLAIMS } from './data-claims.ts';
import { DATABASE_CLAIMS } from './database-claims.ts';
import { EDGE_CLAIMS } from './edge-claims.ts';
import { GOVERNANCE_CLAIMS } from './governance-claims.ts';
import { KEY_CLAIMS } from './key-claims.ts';
import { MESSAGING_CLAIMS } from './messaging-claims.ts';
import { NETWORK_CLAIMS } from './network-claims.ts';
import { STORAGE_CLAIMS } from './storage-claims.ts';

runClaims('Azure', AZURE_KINDS, [
  ...STORAGE_CLAIMS,
  ...DATABASE_CLAIMS,
  ...COMPUTE_CLAIMS,
  ...KEY_CLAIMS,
  ...NETWORK_CLAIMS,
  ...EDGE_CLAIMS,
  ...APP_CLAIMS,
  ...MESSAGING_CLAIMS,
  ...GOVERNANCE_CLAIMS,
  ...DATA_CLAIMS,
]);
