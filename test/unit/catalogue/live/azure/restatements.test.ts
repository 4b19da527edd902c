import { AZURE_RESTATEMENTS } from '../../../../../src/catalogue/live/azure/index.ts';
import { runLiveTables } from '../tables.ts';
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

runLiveTables(
  {
    name: 'Azure',
    dialect: 'azure-resource',
    restatements: AZURE_RESTATEMENTS,
    told: { name: 'this', location: 'westeurope', properties: {} },
    // As the generic list of a subscription's resources has them.
    untold: { name: 'this', location: 'westeurope', properties: undefined },
  },
  [
    ...STORAGE_TOLD,
    ...SQL_TOLD,
    ...COMPUTE_TOLD,
    ...NETWORK_TOLD,
    ...EDGE_TOLD,
    ...APP_TOLD,
    ...CONTAINER_TOLD,
    ...MESSAGING_TOLD,
    ...DATA_TOLD,
    ...GOVERNANCE_TOLD,
  ],
);
