import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { words } from '../tables.ts';
import type { LiveTable, Saying } from '../tables.ts';

const SSH = { 'data.allowed': [{ IPProtocol: 'tcp', ports: ['22'] }] };
const WORLD = { 'data.sourceRanges': ['0.0.0.0/0'] };
const PROJECT = 'https://www.googleapis.com/compute/v1/projects/p';

const SCHEME: readonly Saying[] = [
  [true],
  [true, { 'data.loadBalancingScheme': 'EXTERNAL_MANAGED' }],
  [false, { 'data.loadBalancingScheme': 'INTERNAL' }],
];

const RULE: LiveTable['facts'] = {
  public: SCHEME,
  public_ip: SCHEME,
  encrypted_in_transit: [
    [true, { 'data.target': `${PROJECT}/global/targetHttpsProxies/shop` }],
    [true, { 'data.target': `${PROJECT}/regions/r/targetSslProxies/shop` }],
    [
      false,
      {
        'data.target': `${PROJECT}/global/targetHttpProxies/shop`,
        'data.portRange': '443-443',
      },
    ],
    [true, { 'data.portRange': '443-443' }],
    [false, { 'data.ports': ['80'] }],
  ],
};

const BACKEND: LiveTable['facts'] = {
  public: SCHEME,
  waf: [[false], [true, { 'data.securityPolicy': `${PROJECT}/global/securityPolicies/armor` }]],
  logging: [[false], [true, { 'data.logConfig.enable': true }]],
};

const TLS: readonly Saying[] = [
  ['1.0'],
  // Its version stands in another resource.
  [UNKNOWN, { 'data.sslPolicy': `${PROJECT}/global/sslPolicies/modern` }],
];

const ADDRESS: readonly Saying[] = [
  [true],
  [true, { 'data.addressType': 'EXTERNAL' }],
  [false, { 'data.addressType': 'INTERNAL' }],
];

export const NETWORK_TOLD: readonly LiveTable[] = [
  {
    type: 'compute.googleapis.com/Network',
    kind: 'gcp.compute.network',
    facts: { taggable: [[undefined]], name: [['this']] },
  },
  {
    type: 'compute.googleapis.com/Subnetwork',
    kind: 'gcp.compute.subnetwork',
    facts: {
      logging: [
        [false],
        [true, { 'data.logConfig.enable': true }],
        [false, { 'data.logConfig': { enable: false }, 'data.enableFlowLogs': true }],
        [true, { 'data.enableFlowLogs': true }],
        [undefined, { 'data.purpose': 'REGIONAL_MANAGED_PROXY' }],
      ],
    },
  },
  {
    type: 'compute.googleapis.com/Firewall',
    kind: 'gcp.compute.firewall',
    facts: {
      open_admin_port: [
        [false],
        [true, { ...SSH, ...WORLD }],
        [false, { ...SSH, ...WORLD, 'data.disabled': true }],
        [false, { ...SSH, 'data.sourceRanges': ['203.0.113.0/24'] }],
        [false, { ...SSH, 'data.sourceTags': ['bastion'] }],
        // Without any source, and without ports: everything.
        [true, { 'data.allowed': [{ IPProtocol: 'all' }] }],
        [false, { ...SSH, ...WORLD, 'data.direction': 'EGRESS' }],
      ],
      open_ingress: [
        [true, { ...SSH, ...WORLD }],
        [false, { ...WORLD, 'data.allowed': [{ IPProtocol: 'tcp', ports: ['443'] }] }],
        [false, { ...WORLD, 'data.allowed': [{ IPProtocol: 'icmp' }] }],
      ],
      open_egress: [
        [false, { 'data.allowed': [{ IPProtocol: 'all' }] }],
        [
          true,
          {
            'data.direction': 'EGRESS',
            'data.allowed': [{ IPProtocol: 'all' }],
            'data.destinationRanges': ['0.0.0.0/0'],
          },
        ],
      ],
      logging: [[false], [true, { 'data.logConfig.enable': true }]],
      region: [[undefined, { location: 'global' }]],
    },
  },
  {
    type: 'compute.googleapis.com/Address',
    kind: 'gcp.compute.address',
    facts: { public_ip: ADDRESS },
  },
  {
    type: 'compute.googleapis.com/GlobalAddress',
    kind: 'gcp.compute.address',
    facts: { public_ip: ADDRESS },
  },
  {
    type: 'compute.googleapis.com/ForwardingRule',
    kind: 'gcp.compute.forwarding_rule',
    facts: RULE,
  },
  {
    type: 'compute.googleapis.com/GlobalForwardingRule',
    kind: 'gcp.compute.forwarding_rule',
    facts: RULE,
  },
  {
    type: 'compute.googleapis.com/BackendService',
    kind: 'gcp.compute.backend_service',
    facts: BACKEND,
  },
  {
    type: 'compute.googleapis.com/RegionBackendService',
    kind: 'gcp.compute.backend_service',
    facts: BACKEND,
  },
  {
    type: 'compute.googleapis.com/TargetHttpsProxy',
    kind: 'gcp.compute.target_proxy',
    facts: { encrypted_in_transit: [[true]], tls_version: TLS },
  },
  {
    type: 'compute.googleapis.com/TargetHttpsProxy',
    kind: 'gcp.compute.target_proxy',
    base: { name: '//compute.googleapis.com/projects/p/regions/r/targetHttpsProxies/shop' },
    facts: { encrypted_in_transit: [[true]], tls_version: TLS },
  },
  {
    type: 'compute.googleapis.com/TargetSslProxy',
    kind: 'gcp.compute.target_proxy',
    facts: { encrypted_in_transit: [[true]], tls_version: TLS },
  },
  {
    type: 'compute.googleapis.com/TargetHttpProxy',
    kind: 'gcp.compute.target_proxy',
    facts: { encrypted_in_transit: [[false]] },
  },
  {
    type: 'compute.googleapis.com/SslPolicy',
    kind: 'gcp.compute.ssl_policy',
    facts: { tls_version: [['1.0'], ['1.2', { 'data.minTlsVersion': 'TLS_1_2' }]] },
  },
  {
    type: 'compute.googleapis.com/SecurityPolicy',
    kind: 'gcp.compute.security_policy',
    facts: { waf: [[true]] },
  },
  {
    type: 'dns.googleapis.com/ManagedZone',
    kind: 'gcp.dns.zone',
    facts: {
      logging: [[false], ...words('data.cloudLoggingConfig.enableLogging', [true, true]).slice(1)],
    },
  },
];
