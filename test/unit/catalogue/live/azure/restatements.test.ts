import { AZURE_RESTATEMENTS } from '../../../../../src/catalogue/live/azure/index.ts';
import { runLiveTables } from '../tables.ts';
import { AZURE_TOLD } from './tables.ts';

runLiveTables(
  {
    name: 'Azure',
    dialect: 'azure-resource',
    restatements: AZURE_RESTATEMENTS,
    told: { name: 'this', location: 'westeurope', properties: {} },
    // As the generic list of a subscription's resources has them.
    untold: { name: 'this', location: 'westeurope', properties: undefined },
  },
  AZURE_TOLD,
);
