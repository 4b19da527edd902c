import { describe, expect, it } from 'vitest';

import type { LiveDialect } from '../../../../src/catalogue/live/restatement.ts';
import { toResources } from '../../../../src/catalogue/resolve.ts';
import { splitPath } from '../../../../src/kit/paths.ts';

const SECRET = 'correct-horse-battery';
const VARIABLE = { name: 'DB_PASSWORD', value: SECRET };

/** Where clouds answer with what was given to a resource in confidence, or carelessly. */
const HIDING_PLACES: readonly (readonly [LiveDialect, type: string, item: object])[] = [
  [
    'azure-resource',
    'Microsoft.Web/sites',
    { properties: { siteConfig: { appSettings: [VARIABLE] } } },
  ],
  [
    'azure-resource',
    'Microsoft.Web/sites/slots',
    { properties: { siteConfig: { connectionStrings: [{ connectionString: SECRET }] } } },
  ],
  ['azure-resource', 'Microsoft.Compute/virtualMachines', { properties: { userData: SECRET } }],
  [
    'azure-resource',
    'Microsoft.Compute/virtualMachineScaleSets',
    { properties: { virtualMachineProfile: { osProfile: { customData: SECRET } } } },
  ],
  [
    'azure-resource',
    'Microsoft.ContainerInstance/containerGroups',
    { properties: { containers: [{ properties: { environmentVariables: [VARIABLE] } }] } },
  ],
  [
    'azure-resource',
    'Microsoft.App/containerApps',
    { properties: { template: { containers: [{ env: [VARIABLE] }] } } },
  ],
  [
    'azure-resource',
    'Microsoft.Insights/components',
    { properties: { ConnectionString: SECRET, InstrumentationKey: SECRET } },
  ],
  [
    'azure-resource',
    'Microsoft.Cache/Redis',
    { properties: { accessKeys: { primaryKey: SECRET } } },
  ],
  [
    'google-asset',
    'compute.googleapis.com/Instance',
    { data: { metadata: { items: [{ key: 'startup-script', value: SECRET }] } } },
  ],
  [
    'google-asset',
    'compute.googleapis.com/InstanceTemplate',
    { data: { properties: { metadata: { items: [{ key: 'user-data', value: SECRET }] } } } },
  ],
  [
    'google-asset',
    'run.googleapis.com/Service',
    { data: { spec: { template: { spec: { containers: [{ env: [VARIABLE] }] } } } } },
  ],
  [
    'google-asset',
    'run.googleapis.com/Job',
    { data: { template: { template: { containers: [{ env: [VARIABLE] }] } } } },
  ],
  [
    'google-asset',
    'cloudfunctions.googleapis.com/Function',
    { data: { serviceConfig: { environmentVariables: { DB_PASSWORD: SECRET } } } },
  ],
  [
    'google-asset',
    'cloudfunctions.googleapis.com/CloudFunction',
    { data: { environmentVariables: { DB_PASSWORD: SECRET } } },
  ],
  [
    'google-asset',
    'container.googleapis.com/Cluster',
    { data: { masterAuth: { password: SECRET } } },
  ],
  [
    'google-asset',
    'alloydb.googleapis.com/Cluster',
    { data: { initialUser: { password: SECRET } } },
  ],
];

describe('what a live resource was given in confidence', () => {
  it.each(HIDING_PLACES)('is marked for redaction: %s %s', (dialect, type, item) => {
    const [resource] = toResources([
      {
        address: 'this',
        type,
        provider: 'any',
        dialect,
        action: 'present',
        scope: {},
        attributes: { ...item },
        unknown: [],
        sensitive: [],
        references: [],
      },
    ]);
    const marked = { config: structuredClone(resource!.config) };
    for (const path of resource!.sensitive) cut(marked, splitPath(path));
    expect(JSON.stringify(resource)).toContain(SECRET);
    expect(JSON.stringify(marked)).not.toContain(SECRET);
    expect(JSON.stringify(resource!.facts)).not.toContain(SECRET);
  });
});

function cut(root: object, [key = '', ...rest]: readonly (string | number)[]): void {
  if (rest.length === 0) {
    Reflect.deleteProperty(root, key);
    return;
  }
  const inner: unknown = Reflect.get(root, key);
  if (typeof inner === 'object' && inner !== null) cut(inner, rest);
}
