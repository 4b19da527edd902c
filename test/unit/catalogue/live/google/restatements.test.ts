import { GOOGLE_RESTATEMENTS } from '../../../../../src/catalogue/live/google/index.ts';
import { runLiveTables } from '../tables.ts';
import { APP_TOLD } from './app-told.ts';
import { COMPUTE_TOLD } from './compute-told.ts';
import { DATA_TOLD } from './data-told.ts';
import { GOVERNANCE_TOLD } from './governance-told.ts';
import { NETWORK_TOLD } from './network-told.ts';

runLiveTables(
  {
    name: 'GCP',
    dialect: 'google-asset',
    restatements: GOOGLE_RESTATEMENTS,
    told: { name: '//service/this', location: 'europe-west1', data: {} },
    // As a search for resources finds them.
    untold: { data: undefined },
  },
  [...COMPUTE_TOLD, ...NETWORK_TOLD, ...DATA_TOLD, ...APP_TOLD, ...GOVERNANCE_TOLD],
);
