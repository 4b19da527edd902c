import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { firstOf, hasBlock } from '../terraform.ts';
import { not, orElse, present } from '../values.ts';
import type { View } from '../view.ts';
import { azureKind, diagnostics, reachable } from './service.ts';

/**
 * Page azurerm_key_vault. Soft deletion is always on since azurerm 3 and keeps what was deleted; only purge protection
 * stops somebody from deleting that too.
 */
function vault(view: View): Facts {
  return {
    ...diagnostics(view),
    stateful: true,
    encrypted_at_rest: true,
    public: reachable(
      view.boolean('public_network_access_enabled'),
      view.string('network_acls[0].default_action'),
    ),
    deletion_protected: orElse(view.boolean('purge_protection_enabled'), false),
    versioned: true,
    size: view.string('sku_name'),
  };
}

function key(view: View): Facts {
  return {
    stateful: true,
    key_rotation: hasBlock(view, 'rotation_policy[0].automatic'),
    size: firstOf(view.string('key_size'), view.string('curve')),
  };
}

/** CIS Microsoft Azure Foundations asks for an expiration date on every secret: without one it is valid for ever. */
function secret(view: View): Facts {
  return { stateful: true, long_lived_key: not(present(view.read('expiration_date'))) };
}

export const KEY_VAULT: readonly Kind[] = [
  azureKind({
    kind: 'azure.keyvault.vault',
    title: 'Azure key vault',
    types: ['azurerm_key_vault'],
    facts: vault,
  }),
  azureKind({
    kind: 'azure.keyvault.key',
    title: 'Key in an Azure key vault',
    types: ['azurerm_key_vault_key'],
    facts: key,
  }),
  azureKind({
    kind: 'azure.keyvault.secret',
    title: 'Secret in an Azure key vault',
    types: ['azurerm_key_vault_secret'],
    facts: secret,
  }),
];
