import type { Restatement } from '../restatement.ts';
import { APP_SERVICE } from './appservice.ts';
import { COMPUTE } from './compute.ts';
import { CONTAINERS } from './containers.ts';
import { COSMOSDB } from './cosmosdb.ts';
import { DATA } from './data.ts';
import { EDGE } from './edge.ts';
import { IDENTITY } from './identity.ts';
import { KEY_VAULT } from './keyvault.ts';
import { MESSAGING } from './messaging.ts';
import { NETWORK } from './network.ts';
import { OPERATIONS } from './operations.ts';
import { SQL } from './sql.ts';
import { STORAGE } from './storage.ts';

/** Every type of Azure Resource Manager that the catalogue can tell in the words of Terraform, by family. */
export const AZURE_RESTATEMENTS: readonly Restatement[] = [
  ...STORAGE,
  ...SQL,
  ...COSMOSDB,
  ...KEY_VAULT,
  ...COMPUTE,
  ...NETWORK,
  ...EDGE,
  ...APP_SERVICE,
  ...CONTAINERS,
  ...MESSAGING,
  ...IDENTITY,
  ...OPERATIONS,
  ...DATA,
];
