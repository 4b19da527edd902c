import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, block, echo, flag, word } from '../claims.ts';
import type { ClaimTable } from '../claims.ts';
import { IDENTIFIED, KEY_ID, diagnosed, reachable, stored } from './common.ts';

const ML = 'azurerm_machine_learning_workspace';
const COGNITIVE = 'azurerm_cognitive_account';
const SEARCH = 'azurerm_search_service';
const FACTORY = 'azurerm_data_factory';
const SYNAPSE = 'azurerm_synapse_workspace';
const POOL = 'azurerm_synapse_sql_pool';
const DATABRICKS = 'azurerm_databricks_workspace';

export const DATA_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'azure.ml.workspace',
    type: ML,
    claims: {
      ...stored(ML),
      ...IDENTIFIED,
      ...diagnosed(ML),
      ...reachable(),
      customer_key: block('encryption', [{ key_id: KEY_ID }]),
      network_isolated: word(
        'managed_network[0].isolation_mode',
        'AllowOnlyApprovedOutbound',
        'Disabled',
      ),
      size: echo('sku_name', 'Basic'),
    },
  },
  {
    kind: 'azure.ml.compute',
    type: 'azurerm_machine_learning_compute_instance',
    claims: {
      ...IDENTIFIED,
      public_ip: flag('node_public_ip_enabled', true),
      network_isolated: [
        [false],
        [true, { node_public_ip_enabled: false, subnet_resource_id: '/subnets/s' }],
        [false, { node_public_ip_enabled: false }],
        [UNKNOWN, { node_public_ip_enabled: false, subnet_resource_id: YET }],
      ],
      local_auth: flag('local_auth_enabled', true),
      spot: word('vm_priority', 'LowPriority', 'Dedicated'),
      size: echo('virtual_machine_size', 'STANDARD_DS2_V2'),
      gpu: [
        [true, { virtual_machine_size: 'STANDARD_NC6' }],
        [false, { virtual_machine_size: 'STANDARD_DS2_V2' }],
        [UNKNOWN, { virtual_machine_size: YET }],
      ],
      instance_count: echo('scale_settings[0].max_node_count', 4),
    },
    others: {
      azurerm_machine_learning_compute_cluster: {
        size: [['STANDARD_NC6', { vm_size: 'STANDARD_NC6' }]],
      },
    },
  },
  {
    kind: 'azure.cognitive.account',
    type: COGNITIVE,
    claims: {
      ...IDENTIFIED,
      ...diagnosed(COGNITIVE),
      ...reachable('public_network_access_enabled', 'network_acls[0].default_action'),
      encrypted_at_rest: ALWAYS,
      customer_key: block('customer_managed_key', [{ key_vault_key_id: KEY_ID }]),
      network_isolated: flag('outbound_network_access_restricted', false),
      local_auth: flag('local_auth_enabled', true),
      size: echo('sku_name', 'S0'),
    },
    others: { azurerm_ai_services: { local_auth: [[true]] } },
  },
  {
    kind: 'azure.search.service',
    type: SEARCH,
    claims: {
      ...IDENTIFIED,
      ...diagnosed(SEARCH),
      stateful: ALWAYS,
      encrypted_at_rest: ALWAYS,
      public: [
        ...flag('public_network_access_enabled', true),
        [false, { allowed_ips: ['203.0.113.7'] }],
      ],
      local_auth: flag('local_authentication_enabled', true),
      size: echo('sku', 'standard'),
      instance_count: [[1], ...echo('replica_count', 3)],
    },
  },
  {
    kind: 'azure.datafactory.factory',
    type: FACTORY,
    claims: {
      ...IDENTIFIED,
      ...diagnosed(FACTORY),
      ...reachable('public_network_enabled'),
      stateful: ALWAYS,
      encrypted_at_rest: ALWAYS,
      customer_key: block('customer_managed_key_id', KEY_ID),
      network_isolated: flag('managed_virtual_network_enabled', false),
    },
  },
  {
    kind: 'azure.synapse.workspace',
    type: SYNAPSE,
    claims: {
      ...stored(SYNAPSE),
      ...IDENTIFIED,
      ...diagnosed(SYNAPSE),
      ...reachable(),
      customer_key: block('customer_managed_key', [{ key_versionless_id: KEY_ID }]),
      network_isolated: [
        [false],
        [
          true,
          { managed_virtual_network_enabled: true, data_exfiltration_protection_enabled: true },
        ],
        [false, { managed_virtual_network_enabled: true }],
        [
          UNKNOWN,
          { managed_virtual_network_enabled: true, data_exfiltration_protection_enabled: YET },
        ],
      ],
      local_auth: flag('azuread_authentication_only', true, false),
    },
  },
  {
    kind: 'azure.synapse.sql_pool',
    type: POOL,
    claims: {
      ...stored(POOL),
      encrypted_at_rest: flag('data_encrypted', false),
      backup: flag('geo_backup_policy_enabled', true),
      size: echo('sku_name', 'DW100c'),
    },
  },
  {
    kind: 'azure.synapse.spark_pool',
    type: 'azurerm_synapse_spark_pool',
    claims: {
      size: echo('node_size', 'Medium'),
      instance_count: [...echo('node_count', 3), [12, { auto_scale: [{ max_node_count: 12 }] }]],
      gpu: word('node_size_family', 'HardwareAcceleratedGPU', 'MemoryOptimized'),
    },
  },
  {
    kind: 'azure.databricks.workspace',
    type: DATABRICKS,
    claims: {
      ...diagnosed(DATABRICKS),
      ...reachable(),
      stateful: ALWAYS,
      encrypted_at_rest: ALWAYS,
      customer_key: [
        ...flag('customer_managed_key_enabled', false),
        [true, { managed_disk_cmk_key_vault_key_id: KEY_ID }],
      ],
      public_ip: flag('custom_parameters[0].no_public_ip', false, false),
      size: echo('sku', 'premium'),
    },
  },
];
