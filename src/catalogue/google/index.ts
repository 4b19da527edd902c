import type { Kind } from '../kind.ts';
import { COMPUTE } from './compute.ts';
import { CONTAINERS } from './containers.ts';
import { DATA } from './data.ts';
import { IAM } from './iam.ts';
import { ML } from './ml.ts';
import { NETWORK } from './network.ts';
import { OPERATIONS } from './operations.ts';
import { SECURITY } from './security.ts';
import { SERVERLESS } from './serverless.ts';
import { SQL } from './sql.ts';
import { STORAGE } from './storage.ts';

/** Every kind of Google Cloud that the catalogue knows. */
export const GOOGLE_KINDS: readonly Kind[] = [
  ...STORAGE,
  ...COMPUTE,
  ...NETWORK,
  ...SQL,
  ...DATA,
  ...SERVERLESS,
  ...CONTAINERS,
  ...SECURITY,
  ...IAM,
  ...OPERATIONS,
  ...ML,
];
