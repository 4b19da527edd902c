import { GOOGLE_KINDS } from '../../../../src/catalogue/google/index.ts';
import { runClaims } from '../run-tables.ts';
import { APP_CLAIMS } from './app-claims.ts';
import { COMPUTE_CLAIMS } from './compute-claims.ts';
import { DATA_CLAIMS } from './data-claims.ts';
import { GOVERNANCE_CLAIMS } from './governance-claims.ts';
import { NETWORK_CLAIMS } from './network-claims.ts';

runClaims('Google Cloud', GOOGLE_KINDS, [
  ...COMPUTE_CLAIMS,
  ...NETWORK_CLAIMS,
  ...DATA_CLAIMS,
  ...APP_CLAIMS,
  ...GOVERNANCE_CLAIMS,
]);
