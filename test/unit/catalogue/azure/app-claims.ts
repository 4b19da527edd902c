import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, block, echo, flag, nest, planned, word } from '../claims.ts';
import type { ClaimTable, Claims } from '../claims.ts';
import { IDENTIFIED, KEY_ID, diagnosed, locked, reachable, stored, tls } from './common.ts';

const SECRET = 'Tr0ub4dor-and-3';
const WEB = 'azurerm_linux_web_app';
const FUNCTION = 'azurerm_linux_function_app';
const AKS = 'azurerm_kubernetes_cluster';
const ACR = 'azurerm_container_registry';
const GROUP = 'azurerm_container_group';
const APP = 'azurerm_container_app';
const ENVIRONMENT = 'azurerm_container_app_environment';

const SITE: Claims = {
  ...IDENTIFIED,
  ...reachable('public_network_access_enabled', 'site_config[0].ip_restriction_default_action'),
  encrypted_in_transit: flag('https_only', false),
  tls_version: [
    ...tls('site_config[0].minimum_tls_version', '1.2', '1.0'),
    ['1.1', nest('site_config[0].min_tls_version', '1.1')],
  ],
  local_auth: [
    [true],
    [true, { ftp_publish_basic_authentication_enabled: false }],
    [
      false,
      {
        ftp_publish_basic_authentication_enabled: false,
        webdeploy_publish_basic_authentication_enabled: false,
      },
    ],
    [
      UNKNOWN,
      {
        ftp_publish_basic_authentication_enabled: false,
        webdeploy_publish_basic_authentication_enabled: YET,
      },
    ],
  ],
  secret_in_environment: [
    [false],
    [false, { app_settings: { DB_PASSWORD: '@Microsoft.KeyVault(SecretUri=https://v/s)' } }],
    [true, { app_settings: { DB_PASSWORD: SECRET } }],
    [true, { connection_string: [{ name: 'db', value: `postgres://app:${SECRET}@db/x` }] }],
    [UNKNOWN, { app_settings: YET }],
    [UNKNOWN, { app_settings: { DB_PASSWORD: YET, MODE: 'fast' } }],
    [false, { app_settings: { DB_HOST: YET } }],
  ],
};

function machine(path: string): Claims {
  return {
    size: echo(path, 'Standard_D4s_v5'),
    gpu: [
      [true, nest(path, 'Standard_NC6s_v3')],
      [false, nest(path, 'Standard_D4s_v5')],
      [UNKNOWN, nest(path, YET)],
    ],
  };
}

export const APP_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'azure.appservice.web_app',
    type: WEB,
    claims: {
      ...SITE,
      logging: [
        ...(diagnosed(WEB).logging ?? []),
        [true, { logs: [{ http_logs: [{ file_system: [] }] }] }],
      ],
      backup: block('backup'),
      auto_upgrade: ALWAYS,
    },
    others: {
      azurerm_windows_web_app: { encrypted_in_transit: [[false]] },
      azurerm_app_service: { encrypted_in_transit: [[false]] },
      azurerm_linux_web_app_slot: { encrypted_in_transit: [[false]] },
      azurerm_windows_web_app_slot: { encrypted_in_transit: [[false]] },
    },
  },
  {
    kind: 'azure.appservice.function_app',
    type: FUNCTION,
    claims: {
      ...SITE,
      ...diagnosed(FUNCTION),
      monitoring: [
        ...block('site_config[0].application_insights_connection_string', 'InstrumentationKey=x'),
        [true, { app_settings: { APPINSIGHTS_INSTRUMENTATIONKEY: 'x' } }],
        [true, { app_settings: { APPLICATIONINSIGHTS_CONNECTION_STRING: 'x' } }],
      ],
    },
    others: {
      azurerm_windows_function_app: { public: [[true]] },
      azurerm_function_app: { public: [[true]] },
      azurerm_function_app_flex_consumption: { public: [[true]] },
    },
  },
  {
    kind: 'azure.appservice.plan',
    type: 'azurerm_service_plan',
    claims: {
      size: echo('sku_name', 'P1v3'),
      instance_count: [
        ...echo('worker_count', 3),
        [9, { worker_count: 3, maximum_elastic_worker_count: 9 }],
      ],
      multi_zone: flag('zone_balancing_enabled', false),
    },
    others: {
      azurerm_app_service_plan: {
        size: [['S1', { sku: [{ size: 'S1', capacity: 2 }] }]],
        instance_count: [[2, { sku: [{ size: 'S1', capacity: 2 }] }]],
        multi_zone: [[true, { zone_redundant: true }]],
      },
    },
  },
  { kind: 'azure.logicapp.standard', type: 'azurerm_logic_app_standard', claims: SITE },
  {
    kind: 'azure.kubernetes.cluster',
    type: AKS,
    claims: {
      ...IDENTIFIED,
      ...machine('default_node_pool[0].vm_size'),
      encrypted_at_rest: ALWAYS,
      customer_key: [
        ...block('disk_encryption_set_id', KEY_ID),
        [true, { key_management_service: [{ key_vault_key_id: KEY_ID }] }],
      ],
      public: [
        ...flag('private_cluster_enabled', true, false),
        [false, { api_server_access_profile: [{ authorized_ip_ranges: ['203.0.113.0/24'] }] }],
        [false, { api_server_authorized_ip_ranges: ['203.0.113.0/24'] }],
      ],
      logging: [
        ...(diagnosed(AKS).logging ?? []),
        [true, { oms_agent: [{ log_analytics_workspace_id: 'w' }] }],
        [true, { addon_profile: [{ oms_agent: [{ enabled: true }] }] }],
      ],
      local_auth: flag('local_account_disabled', true, false),
      auto_upgrade: [
        ...word('automatic_upgrade_channel', 'stable', 'none'),
        [true, { automatic_channel_upgrade: 'patch' }],
        [false, { automatic_upgrade_channel: '' }],
      ],
      engine_version: echo('kubernetes_version', '1.33'),
      deletion_protected: locked(AKS),
      multi_zone: word('default_node_pool[0].zones', ['1', '2'], ['1']),
      monitoring: block('monitor_metrics', [{ labels_allowed: 'x' }]),
      public_ip: [
        ...flag('default_node_pool[0].node_public_ip_enabled', false),
        [true, { default_node_pool: [{ enable_node_public_ip: true }] }],
      ],
      instance_count: [
        ...echo('default_node_pool[0].node_count', 3),
        [9, { default_node_pool: [{ node_count: 3, max_count: 9 }] }],
      ],
      disk_gb: echo('default_node_pool[0].os_disk_size_gb', 64),
    },
  },
  {
    kind: 'azure.kubernetes.node_pool',
    type: 'azurerm_kubernetes_cluster_node_pool',
    claims: {
      ...machine('vm_size'),
      encrypted_at_rest: ALWAYS,
      public_ip: flag('node_public_ip_enabled', false),
      instance_count: echo('node_count', 3),
      disk_gb: echo('os_disk_size_gb', 64),
      multi_zone: word('zones', ['1', '2'], ['1']),
      engine_version: echo('orchestrator_version', '1.33'),
      spot: word('priority', 'Spot', 'Regular'),
    },
  },
  {
    kind: 'azure.container.registry',
    type: ACR,
    claims: {
      ...stored(ACR),
      ...IDENTIFIED,
      ...diagnosed(ACR),
      ...reachable('public_network_access_enabled', 'network_rule_set[0].default_action'),
      customer_key: block('encryption', [{ key_vault_key_id: KEY_ID }]),
      anyone_trusted: flag('anonymous_pull_enabled', false),
      local_auth: flag('admin_enabled', false),
      multi_zone: flag('zone_redundancy_enabled', false),
      lifecycle: [
        ...word('retention_policy_in_days', 7, 0),
        [true, { retention_policy: [{ days: 30 }] }],
      ],
      size: echo('sku', 'Premium'),
    },
  },
  {
    kind: 'azure.container.group',
    type: GROUP,
    claims: {
      ...IDENTIFIED,
      public: word('ip_address_type', 'Public', 'Private', true),
      public_ip: word('ip_address_type', 'Public', 'None', true),
      customer_key: block('key_vault_key_id', KEY_ID),
      logging: block('diagnostics[0].log_analytics', [{ workspace_id: 'w' }]),
      secret_in_environment: [
        [false, { container: [{ environment_variables: { MODE: 'fast' } }] }],
        [true, { container: [{ environment_variables: { API_KEY: SECRET } }] }],
        [UNKNOWN, { container: [{ environment_variables: YET }] }],
      ],
      multi_zone: word('zones', ['1', '2'], ['1']),
      spot: word('priority', 'Spot', 'Regular'),
      gpu: [
        [false, { container: [{ name: 'a' }] }],
        [true, { container: [{ gpu: [{ count: 1, sku: 'V100' }] }] }],
        [UNKNOWN, { container: YET }],
      ],
      size: echo('sku', 'Standard'),
    },
  },
  {
    kind: 'azure.container.app',
    type: APP,
    claims: {
      ...IDENTIFIED,
      public: [
        ...flag('ingress[0].external_enabled', false),
        [
          false,
          { ingress: [{ external_enabled: true, ip_security_restriction: [{ action: 'Allow' }] }] },
        ],
      ],
      encrypted_in_transit: flag('ingress[0].allow_insecure_connections', true, false),
      secret_in_environment: [
        [
          false,
          { template: [{ container: [{ env: [{ name: 'API_KEY', secret_name: 'key' }] }] }] },
        ],
        [true, { template: [{ container: [{ env: [{ name: 'API_KEY', value: SECRET }] }] }] }],
        [UNKNOWN, { template: [{ container: [{ env: [{ name: 'API_KEY', value: YET }] }] }] }],
      ],
      instance_count: [[10], ...echo('template[0].max_replicas', 3)],
    },
  },
  {
    kind: 'azure.container.environment',
    type: ENVIRONMENT,
    claims: {
      public: flag('internal_load_balancer_enabled', true, false),
      network_isolated: flag('internal_load_balancer_enabled', false),
      logging: [
        ...block('log_analytics_workspace_id', '/w'),
        [true, { logs_destination: 'azure-monitor' }],
        [
          true,
          { log_analytics_workspace_id: YET },
          [planned('azurerm_log_analytics_workspace', {})],
          { refers: { log_analytics_workspace_id: 'azurerm_log_analytics_workspace.this' } },
        ],
      ],
      multi_zone: flag('zone_redundancy_enabled', false),
    },
  },
];
