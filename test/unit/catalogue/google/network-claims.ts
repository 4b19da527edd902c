import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, block, flag, planned, word } from '../claims.ts';
import type { ClaimTable } from '../claims.ts';

const OPEN = { allow: [{ protocol: 'tcp', ports: ['22'] }], source_ranges: ['0.0.0.0/0'] };
const OUT = {
  direction: 'EGRESS',
  allow: [{ protocol: 'all' }],
  destination_ranges: ['0.0.0.0/0'],
};

export const NETWORK_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'gcp.compute.network',
    type: 'google_compute_network',
    claims: { taggable: [[undefined]] },
  },
  {
    kind: 'gcp.compute.subnetwork',
    type: 'google_compute_subnetwork',
    claims: {
      logging: [
        ...block('log_config', [{ aggregation_interval: 'INTERVAL_5_SEC' }]),
        [true, { enable_flow_logs: true }],
        [undefined, { purpose: 'REGIONAL_MANAGED_PROXY' }],
      ],
    },
  },
  {
    kind: 'gcp.compute.firewall',
    type: 'google_compute_firewall',
    claims: {
      open_ingress: [
        [true, OPEN],
        [false, { ...OPEN, disabled: true }],
        [false, { ...OPEN, direction: 'EGRESS' }],
        [false, { ...OPEN, source_ranges: ['10.0.0.0/8'] }],
        [true, { ...OPEN, source_ranges: ['10.0.0.0/8', '::/0'] }],
        [true, { allow: OPEN.allow }],
        [false, { allow: OPEN.allow, source_tags: ['web'] }],
        [true, { ...OPEN, source_tags: ['web'] }],
        [false, { ...OPEN, allow: [{ protocol: 'tcp', ports: ['80', '443'] }] }],
        [true, { ...OPEN, allow: [{ protocol: 'tcp', ports: ['80-90'] }] }],
        [true, { ...OPEN, allow: [{ protocol: 'all' }] }],
        [true, { ...OPEN, allow: [{ protocol: 'TCP' }] }],
        [false, { ...OPEN, allow: [{ protocol: 'icmp' }] }],
        [false, { deny: [{ protocol: 'all' }], source_ranges: ['0.0.0.0/0'] }],
        [UNKNOWN, { ...OPEN, source_ranges: YET }],
        [UNKNOWN, { ...OPEN, allow: [{ protocol: 'tcp', ports: YET }] }],
        [false, { ...OPEN, source_ranges: YET, allow: [{ protocol: 'icmp' }] }],
        [true, { allow: OPEN.allow }, [], { computed: ['source_ranges'] }],
      ],
      open_admin_port: [
        [true, OPEN],
        [true, { ...OPEN, allow: [{ protocol: 'tcp', ports: ['3000-4000'] }] }],
        [true, { ...OPEN, allow: [{ protocol: 'all' }] }],
        [false, { ...OPEN, allow: [{ protocol: 'tcp', ports: ['8443'] }] }],
        [UNKNOWN, { ...OPEN, source_ranges: YET }],
      ],
      open_egress: [
        [true, OUT],
        [true, { ...OUT, destination_ranges: null }],
        [false, { ...OUT, destination_ranges: ['10.0.0.0/8'] }],
        [false, { ...OUT, allow: [{ protocol: 'tcp', ports: ['443'] }] }],
        [false, OPEN],
        [UNKNOWN, { ...OUT, destination_ranges: YET }],
      ],
      logging: [
        ...block('log_config', [{ metadata: 'INCLUDE_ALL_METADATA' }]),
        [true, { enable_logging: true }],
      ],
      taggable: [[undefined]],
    },
  },
  {
    kind: 'gcp.compute.address',
    type: 'google_compute_address',
    claims: { public_ip: word('address_type', 'EXTERNAL', 'INTERNAL', true) },
    others: { google_compute_global_address: { public_ip: [[true]] } },
  },
  {
    kind: 'gcp.compute.nat',
    type: 'google_compute_router_nat',
    claims: { logging: flag('log_config[0].enable', false) },
  },
  {
    kind: 'gcp.compute.forwarding_rule',
    type: 'google_compute_forwarding_rule',
    claims: {
      public: word('load_balancing_scheme', 'EXTERNAL_MANAGED', 'INTERNAL', true),
      public_ip: word('load_balancing_scheme', 'EXTERNAL', 'INTERNAL_MANAGED', true),
      encrypted_in_transit: [
        [true, { port_range: '443' }],
        [false, { port_range: '80-80' }],
        [
          true,
          { target: YET, port_range: '8443' },
          [planned('google_compute_target_https_proxy', {})],
          { refers: { target: 'google_compute_target_https_proxy.this' } },
        ],
        [
          false,
          { target: YET, port_range: '443' },
          [planned('google_compute_target_http_proxy', {})],
          { refers: { target: 'google_compute_target_http_proxy.this' } },
        ],
        [UNKNOWN, { port_range: YET }],
      ],
    },
    others: { google_compute_global_forwarding_rule: { public: [[true]] } },
  },
  {
    kind: 'gcp.compute.backend_service',
    type: 'google_compute_backend_service',
    claims: {
      public: word('load_balancing_scheme', 'EXTERNAL', 'INTERNAL_SELF_MANAGED', true),
      waf: [
        ...block('security_policy', 'armor'),
        [
          true,
          { security_policy: YET },
          [planned('google_compute_security_policy', {})],
          { refers: { security_policy: 'google_compute_security_policy.this' } },
        ],
      ],
      logging: flag('log_config[0].enable', false),
    },
    others: {
      google_compute_region_backend_service: {
        public: [[false, { load_balancing_scheme: 'INTERNAL' }]],
      },
    },
  },
  {
    kind: 'gcp.compute.target_proxy',
    type: 'google_compute_target_https_proxy',
    claims: {
      encrypted_in_transit: ALWAYS,
      tls_version: [
        ['1.0'],
        [
          '1.2',
          { ssl_policy: YET },
          [planned('google_compute_ssl_policy', { min_tls_version: 'TLS_1_2' })],
          { refers: { ssl_policy: 'google_compute_ssl_policy.this' } },
        ],
        [UNKNOWN, { ssl_policy: 'elsewhere' }],
      ],
    },
    others: {
      google_compute_region_target_https_proxy: { encrypted_in_transit: [[true]] },
      google_compute_target_ssl_proxy: { encrypted_in_transit: [[true]] },
      google_compute_target_http_proxy: {
        encrypted_in_transit: [[false]],
        tls_version: [[undefined]],
      },
      google_compute_region_target_http_proxy: { encrypted_in_transit: [[false]] },
    },
  },
  {
    kind: 'gcp.compute.ssl_policy',
    type: 'google_compute_ssl_policy',
    claims: {
      tls_version: [
        ['1.0'],
        ['1.2', { min_tls_version: 'TLS_1_2' }],
        [UNKNOWN, { min_tls_version: YET }],
      ],
    },
    others: { google_compute_region_ssl_policy: { tls_version: [['1.0']] } },
  },
  {
    kind: 'gcp.compute.security_policy',
    type: 'google_compute_security_policy',
    claims: { waf: ALWAYS },
    others: { google_compute_region_security_policy: { waf: [[true]] } },
  },
  {
    kind: 'gcp.dns.zone',
    type: 'google_dns_managed_zone',
    claims: { stateful: ALWAYS, logging: flag('cloud_logging_config[0].enable_logging', false) },
  },
];
