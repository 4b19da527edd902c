import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable } from '../tables.ts';

const SITE: LiveTable['facts'] = {
  encrypted_in_transit: words('properties.httpsOnly', [true, true], [false, false]),
  public: [
    [UNKNOWN],
    // Without the rules of its addresses, which only the configuration tells.
    [UNKNOWN, { 'properties.publicNetworkAccess': 'Enabled' }],
    [
      true,
      {
        'properties.publicNetworkAccess': 'Enabled',
        'properties.siteConfig': {
          minTlsVersion: '1.2',
          ipSecurityRestrictionsDefaultAction: 'Allow',
        },
      },
    ],
    [
      false,
      {
        'properties.siteConfig': {
          minTlsVersion: '1.2',
          ipSecurityRestrictionsDefaultAction: 'Deny',
        },
      },
    ],
    // Older sites have a last rule in its place.
    [
      false,
      {
        'properties.siteConfig': {
          minTlsVersion: '1.2',
          ipSecurityRestrictionsDefaultAction: null,
          ipSecurityRestrictions: [{ ipAddress: 'Any', action: 'Deny' }],
        },
      },
    ],
    [false, { 'properties.publicNetworkAccess': 'Disabled' }],
  ],
  tls_version: [
    [UNKNOWN],
    [UNKNOWN, { 'properties.siteConfig': { minTlsVersion: null } }],
    [
      '1.0',
      {
        'properties.siteConfig': {
          minTlsVersion: '1.0',
          ipSecurityRestrictionsDefaultAction: 'Allow',
        },
      },
    ],
  ],
  secret_in_environment: [
    [UNKNOWN],
    [UNKNOWN, { 'properties.siteConfig': { appSettings: null } }],
    [
      true,
      { 'properties.siteConfig.appSettings': [{ name: 'DB_PASSWORD', value: 'correct-horse' }] },
    ],
    [
      false,
      {
        'properties.siteConfig': {
          appSettings: [{ name: 'STAGE', value: 'live' }],
          connectionStrings: [],
        },
      },
    ],
  ],
  local_auth: [[UNKNOWN]],
  managed_identity: [[false], [true, { 'identity.type': 'UserAssigned' }]],
};

const FUNCTION: LiveTable['facts'] = {
  ...SITE,
  monitoring: [
    [UNKNOWN],
    [
      true,
      {
        'properties.siteConfig': {
          minTlsVersion: '1.2',
          ipSecurityRestrictionsDefaultAction: 'Allow',
          appSettings: [{ name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: 'x' }],
        },
      },
    ],
  ],
};

const SITES = 'Microsoft.Web/sites';

export const APP_TOLD: readonly LiveTable[] = [
  {
    type: SITES,
    kind: 'azure.appservice.web_app',
    base: { kind: 'app,linux' },
    facts: { ...SITE, logging: [[UNKNOWN]], backup: [[UNKNOWN]] },
  },
  { type: SITES, kind: 'azure.appservice.web_app', base: { kind: 'app' }, facts: SITE },
  {
    type: SITES,
    kind: 'azure.appservice.function_app',
    base: { kind: 'functionapp,linux' },
    facts: FUNCTION,
  },
  {
    type: SITES,
    kind: 'azure.appservice.function_app',
    base: { kind: 'functionapp,linux', 'properties.functionAppConfig': {} },
    facts: FUNCTION,
  },
  {
    type: SITES,
    kind: 'azure.logicapp.standard',
    base: { kind: 'functionapp,workflowapp' },
    facts: SITE,
  },
  {
    type: 'Microsoft.Web/sites/slots',
    kind: 'azure.appservice.web_app',
    base: { kind: 'app' },
    facts: SITE,
  },
  {
    type: 'Microsoft.Web/serverFarms',
    kind: 'azure.appservice.plan',
    facts: {
      size: repeats('sku.name', 'P1v3'),
      instance_count: [
        [3, { sku: { name: 'P1v3', capacity: 3 }, 'properties.maximumElasticWorkerCount': 1 }],
        [
          20,
          {
            sku: { name: 'EP1', tier: 'ElasticPremium', capacity: 1 },
            'properties.maximumElasticWorkerCount': 20,
          },
        ],
      ],
      multi_zone: words('properties.zoneRedundant', [true, true], [false, false]),
    },
  },
];
