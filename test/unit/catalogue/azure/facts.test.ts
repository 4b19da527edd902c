import { AZURE_KINDS } from '../../../../src/catalogue/azure/index.ts';
import { runClaims } from '../run-tables.ts';
import { COMPUTE_CLAIMS } from './compute-claims.ts';
import { DATABASE_CLAIMS } from './database-claims.ts';
import { STORAGE_CLAIMS } from './storage-claims.ts';

runClaims('Azure', AZURE_KINDS, [...STORAGE_CLAIMS, ...DATABASE_CLAIMS, ...COMPUTE_CLAIMS]);
