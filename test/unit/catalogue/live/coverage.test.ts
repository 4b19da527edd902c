import { describe, expect, it } from 'vitest';

import { AZURE_KINDS } from '../../../../src/catalogue/azure/index.ts';
import { GOOGLE_KINDS } from '../../../../src/catalogue/google/index.ts';
import type { Kind } from '../../../../src/catalogue/kind.ts';
import { AZURE_TOLD } from './azure/tables.ts';
import { GOOGLE_TOLD } from './google/tables.ts';
import type { LiveTable } from './tables.ts';

/** Kinds that are no resources of their own where they live, and where an inventory meets them instead. */
const NOT_LIVE: Readonly<Record<string, string>> = {
  'azure.network.firewall_rules': 'stands inside the firewall',
  'azure.iam.client_secret': 'belongs to Entra, which is no part of Azure Resource Manager',
  'gcp.compute.nat': 'stands inside its router',
  'gcp.iam.grant': 'stands in an IAM policy',
  'gcp.iam.resource_grant': 'stands in an IAM policy',
  'gcp.iam.hmac_key': 'is no type of Cloud Asset Inventory',
  'gcp.run.knative_service': 'is a Cloud Run service, told in the words of its second API',
};

describe.each<readonly [string, readonly Kind[], readonly LiveTable[]]>([
  ['Azure', AZURE_KINDS, AZURE_TOLD],
  ['Google Cloud', GOOGLE_KINDS, GOOGLE_TOLD],
])('what lives in %s', (_, kinds, tables) => {
  const told = new Set(tables.map(({ kind }) => kind));

  it.each(kinds.map(({ kind }) => kind))('as %s is judged by the facts of its kind', (kind) => {
    expect(told.has(kind)).toBe(!Object.hasOwn(NOT_LIVE, kind));
  });
});
