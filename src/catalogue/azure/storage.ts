import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { companion, firstOf, hasBlock, says, tlsVersion } from '../terraform.ts';
import { allOf, anyOf, map, oneOf, orElse } from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';
import { UNTAGGED, azureKind, diagnostics, identity, reachable, store } from './service.ts';

/** Defaults of an account: page azurerm_storage_account of the provider; old names are those of azurerm 2 and 3. */
function account(view: View): Facts {
  const httpsOnly = firstOf(
    view.boolean('https_traffic_only_enabled'),
    view.boolean('enable_https_traffic_only'),
  );
  return {
    ...store(view),
    ...identity(view),
    ...diagnostics(view),
    encrypted_in_transit: orElse(httpsOnly, true),
    tls_version: tlsVersion(view.string('min_tls_version'), '1.2'),
    customer_key: anyOf(
      hasBlock(view, 'customer_managed_key'),
      companion(view, ['azurerm_storage_account_customer_managed_key'], 'storage_account_id'),
    ),
    public: allOf(openNetwork(view), anonymous(view)),
    versioned: orElse(view.boolean('blob_properties[0].versioning_enabled'), false),
    backup: anyOf(
      hasBlock(view, 'blob_properties[0].restore_policy'),
      companion(
        view,
        ['azurerm_data_protection_backup_instance_blob_storage'],
        'storage_account_id',
      ),
    ),
    multi_zone: oneOf(view.string('account_replication_type'), ['ZRS', 'GZRS', 'RAGZRS']),
    size: accountSize(view),
    local_auth: orElse(view.boolean('shared_access_key_enabled'), true),
    lifecycle: companion(view, ['azurerm_storage_management_policy'], 'storage_account_id'),
  };
}

/**
 * Every account answers on the internet, to those who hold a key. What makes it public is that its containers may be
 * opened to readers without one; a static website is open to all whatever that switch says.
 */
function anonymous(view: View): Truth {
  const nested = firstOf(
    view.boolean('allow_nested_items_to_be_public'),
    view.boolean('allow_blob_public_access'),
  );
  return anyOf(orElse(nested, true), hasBlock(view, 'static_website'));
}

/** Network rules stand in a block of the account or in a resource of their own. */
function openNetwork(view: View): Truth {
  const own = reachable(
    view.boolean('public_network_access_enabled'),
    view.string('network_rules[0].default_action'),
  );
  const apart = companion(
    view,
    ['azurerm_storage_account_network_rules'],
    'storage_account_id',
    (rule) => says(rule.string('default_action'), 'Deny'),
  );
  if (apart === true) return false;
  return apart === UNKNOWN ? allOf(own, UNKNOWN) : own;
}

function accountSize(view: View): Read<string> {
  const tier = view.string('account_tier');
  return map(view.string('account_replication_type'), (replication) =>
    typeof tier === 'string' ? `${tier}_${replication}` : replication,
  );
}

export const STORAGE: readonly Kind[] = [
  azureKind({
    kind: 'azure.storage.account',
    title: 'Azure storage account',
    types: ['azurerm_storage_account'],
    facts: account,
  }),
  azureKind({
    kind: 'azure.storage.container',
    title: 'Azure blob container',
    types: ['azurerm_storage_container', 'azurerm_storage_data_lake_gen2_filesystem'],
    tags: UNTAGGED,
    facts: (view) => ({
      stateful: true,
      encrypted_at_rest: true,
      public: oneOf(view.string('container_access_type'), ['blob', 'container']),
    }),
  }),
  azureKind({
    kind: 'azure.storage.share',
    title: 'Azure file share',
    types: ['azurerm_storage_share'],
    tags: UNTAGGED,
    facts: (view) => ({
      stateful: true,
      encrypted_at_rest: true,
      disk_gb: view.number('quota'),
      backup: companion(view, ['azurerm_backup_protected_file_share'], 'source_file_share_name'),
    }),
  }),
  azureKind({
    kind: 'azure.netapp.volume',
    title: 'Azure NetApp Files volume',
    types: ['azurerm_netapp_volume'],
    facts: (view) => ({
      ...store(view),
      disk_gb: view.number('storage_quota_in_gb'),
      size: view.string('service_level'),
      customer_key: oneOf(view.string('encryption_key_source'), ['Microsoft.KeyVault']),
    }),
  }),
];
