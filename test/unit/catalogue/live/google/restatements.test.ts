import { GOOGLE_RESTATEMENTS } from '../../../../../src/catalogue/live/google/index.ts';
import { runLiveTables } from '../tables.ts';
import { GOOGLE_TOLD } from './tables.ts';

runLiveTables(
  {
    name: 'GCP',
    dialect: 'google-asset',
    restatements: GOOGLE_RESTATEMENTS,
    told: { name: '//service/this', location: 'europe-west1', data: {} },
    // As a search for resources finds them.
    untold: { data: undefined },
  },
  GOOGLE_TOLD,
);
