import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, NEVER, YET, beside, block, echo, flag, planned, word } from '../claims.ts';
import type { ClaimTable } from '../claims.ts';
import { IDENTIFIED, diagnosed, locked, stored, tls } from './common.ts';

const ACCOUNT = 'azurerm_storage_account';
const RULES = 'azurerm_storage_account_network_rules';
const toAccount = { refers: { storage_account_id: `${ACCOUNT}.this` } };

export const STORAGE_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'azure.storage.account',
    type: ACCOUNT,
    claims: {
      ...stored(ACCOUNT),
      ...IDENTIFIED,
      ...diagnosed(ACCOUNT),
      encrypted_in_transit: [
        ...flag('https_traffic_only_enabled', true),
        [false, { enable_https_traffic_only: false }],
        [true, { enable_https_traffic_only: 'true' }],
      ],
      tls_version: [
        ...tls('min_tls_version', '1.2', 'TLS1_0'),
        ['1.1', { min_tls_version: 'TLS1_1' }],
      ],
      customer_key: [
        ...block('customer_managed_key', [{ key_vault_key_id: 'k' }]),
        ...beside('azurerm_storage_account_customer_managed_key', 'storage_account_id', ACCOUNT),
      ],
      public: [
        [true],
        [false, { allow_nested_items_to_be_public: false }],
        [false, { allow_blob_public_access: false }],
        [
          true,
          { allow_nested_items_to_be_public: false, static_website: [{ index_document: 'i' }] },
        ],
        [false, { public_network_access_enabled: false }],
        [false, { network_rules: [{ default_action: 'Deny' }] }],
        [true, { network_rules: [{ default_action: 'Allow' }] }],
        [UNKNOWN, { allow_nested_items_to_be_public: YET }],
        [UNKNOWN, { network_rules: [{ default_action: YET }] }],
        [false, { allow_nested_items_to_be_public: false, public_network_access_enabled: YET }],
        [false, {}, [planned(RULES, { default_action: 'Deny' }, toAccount)]],
        [true, {}, [planned(RULES, { default_action: 'Allow' }, toAccount)]],
        [UNKNOWN, {}, [planned(RULES, { default_action: 'Deny', storage_account_id: YET })]],
      ],
      versioned: flag('blob_properties[0].versioning_enabled', false),
      backup: [
        ...block('blob_properties[0].restore_policy', [{ days: 7 }]),
        ...beside(
          'azurerm_data_protection_backup_instance_blob_storage',
          'storage_account_id',
          ACCOUNT,
        ),
      ],
      multi_zone: [
        ...word('account_replication_type', 'GZRS', 'LRS'),
        [false, { account_replication_type: 'GRS' }],
      ],
      size: [
        ['Standard_LRS', { account_tier: 'Standard', account_replication_type: 'LRS' }],
        ['LRS', { account_replication_type: 'LRS' }],
        [UNKNOWN, { account_replication_type: YET }],
      ],
      local_auth: flag('shared_access_key_enabled', true),
      lifecycle: beside('azurerm_storage_management_policy', 'storage_account_id', ACCOUNT),
      region: [
        ['westeurope', { location: 'West Europe' }],
        [UNKNOWN, { location: YET }],
        ['northeurope', {}, [], { scope: { region: 'North Europe' } }],
        [undefined],
      ],
      taggable: [[true]],
    },
  },
  {
    kind: 'azure.storage.container',
    type: 'azurerm_storage_container',
    claims: {
      stateful: ALWAYS,
      encrypted_at_rest: ALWAYS,
      public: word('container_access_type', 'blob', 'private'),
      taggable: [[undefined]],
    },
    others: { azurerm_storage_data_lake_gen2_filesystem: { public: NEVER } },
  },
  {
    kind: 'azure.storage.share',
    type: 'azurerm_storage_share',
    claims: {
      stateful: ALWAYS,
      encrypted_at_rest: ALWAYS,
      disk_gb: echo('quota', 100),
      backup: beside(
        'azurerm_backup_protected_file_share',
        'source_file_share_name',
        'azurerm_storage_share',
      ),
    },
  },
  {
    kind: 'azure.netapp.volume',
    type: 'azurerm_netapp_volume',
    claims: {
      stateful: ALWAYS,
      encrypted_at_rest: ALWAYS,
      deletion_protected: locked('azurerm_netapp_volume'),
      disk_gb: echo('storage_quota_in_gb', 100),
      size: echo('service_level', 'Premium'),
      customer_key: word('encryption_key_source', 'Microsoft.KeyVault', 'Microsoft.NetApp'),
    },
  },
];
