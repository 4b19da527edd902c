import { flag, given, number, orNone, text } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { arm, network, one, reads } from './arm.ts';
import type { Told } from './arm.ts';

/**
 * Microsoft.Storage/storageAccounts. Settings of the blob service (versions, restore, logging) are another resource and stay
 * unknown, and so does a static website, which only the data plane tells of.
 */
function account(properties: Told, item: LiveItem): Told {
  const [tier, replication] = (text(item, 'sku.name') ?? '').split('_');
  return {
    ...network(properties),
    https_traffic_only_enabled: flag(properties, 'supportsHttpsTrafficOnly'),
    // Accounts of the first days answer without it, and take TLS 1.0.
    min_tls_version: text(properties, 'minimumTlsVersion') ?? 'TLS1_0',
    // The specification: null is equivalent to true.
    shared_access_key_enabled: flag(properties, 'allowSharedKeyAccess') ?? true,
    allow_nested_items_to_be_public: flag(properties, 'allowBlobPublicAccess'),
    customer_managed_key: ownKey(properties),
    network_rules: one(text(properties, 'networkAcls.defaultAction'), (action) => ({
      default_action: action,
    })),
    ...(servesWebsites(item) ? {} : { static_website: null }),
    ...(replication === undefined
      ? {}
      : { account_tier: tier, account_replication_type: replication }),
  };
}

/** Of other kinds there is no website: they have no endpoint for it. */
function servesWebsites(item: LiveItem): boolean {
  return !/^(?:storage|blobstorage|filestorage)$/i.test(text(item, 'kind') ?? '');
}

function ownKey(properties: Told): Told[string] {
  return given(reads(properties, 'encryption.keySource', 'Microsoft.Keyvault'), (own) =>
    own
      ? [{ key_vault_key_id: orNone(text(properties, 'encryption.keyvaultproperties.keyname')) }]
      : null,
  );
}

/** NetApp counts bytes, Terraform GiB. */
function volume(properties: Told): Told {
  return {
    storage_quota_in_gb: given(number(properties, 'usageThreshold'), (bytes) => bytes / 2 ** 30),
    service_level: text(properties, 'serviceLevel'),
    encryption_key_source: text(properties, 'encryptionKeySource'),
  };
}

export const STORAGE: readonly Restatement[] = [
  arm({
    type: 'Microsoft.Storage/storageAccounts',
    as: 'azurerm_storage_account',
    attributes: account,
    // The account tells its key and its network rules itself, however they were written.
    companions: () => ({
      tells: [
        'azurerm_storage_account_customer_managed_key',
        'azurerm_storage_account_network_rules',
      ],
    }),
  }),
  arm({
    type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
    as: 'azurerm_storage_container',
    attributes: (properties) => ({
      container_access_type: given(text(properties, 'publicAccess'), (access) =>
        access.toLowerCase().replace(/^none$/, 'private'),
      ),
    }),
  }),
  arm({
    type: 'Microsoft.Storage/storageAccounts/fileServices/shares',
    as: 'azurerm_storage_share',
    attributes: (properties) => ({ quota: number(properties, 'shareQuota') }),
  }),
  arm({
    type: 'Microsoft.NetApp/netAppAccounts/capacityPools/volumes',
    as: 'azurerm_netapp_volume',
    attributes: volume,
  }),
];
