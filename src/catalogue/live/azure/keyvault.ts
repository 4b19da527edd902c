import { flag, given, number, object, objects, orNone, text } from '../read.ts';
import type { Restatement } from '../restatement.ts';
import { arm, enabled, networkRules } from './arm.ts';
import type { Told } from './arm.ts';

/** Microsoft.KeyVault/vaults: a missing switch is on, and protection from purging is told only where it is on. */
function vault(properties: Told): Told {
  return {
    public_network_access_enabled: enabled(properties, 'publicNetworkAccess') ?? true,
    network_acls: networkRules(properties, 'networkAcls'),
    purge_protection_enabled: flag(properties, 'enablePurgeProtection') ?? false,
    sku_name: text(properties, 'sku.name'),
  };
}

/** A list of keys leaves the policy out. */
function key(properties: Told): Told {
  return {
    key_size: orNone(number(properties, 'keySize')),
    curve: orNone(text(properties, 'curveName')),
    rotation_policy: given(objects(properties, 'rotationPolicy.lifetimeActions'), (actions) =>
      actions.some((action) => /^rotate$/i.test(text(action, 'action.type') ?? ''))
        ? [{ automatic: [{}] }]
        : null,
    ),
  };
}

/** Seconds since 1970; left out of the attributes where the secret is valid for ever. */
function secret(properties: Told): Told {
  return {
    expiration_date: given(object(properties, 'attributes'), (attributes) =>
      orNone(number(attributes, 'exp')),
    ),
  };
}

export const KEY_VAULT: readonly Restatement[] = [
  arm({ type: 'Microsoft.KeyVault/vaults', as: 'azurerm_key_vault', attributes: vault }),
  arm({ type: 'Microsoft.KeyVault/vaults/keys', as: 'azurerm_key_vault_key', attributes: key }),
  arm({
    type: 'Microsoft.KeyVault/vaults/secrets',
    as: 'azurerm_key_vault_secret',
    attributes: secret,
    sensitive: ['properties.value'],
  }),
];
