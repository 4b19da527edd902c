import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, block, echo, flag, nest } from '../claims.ts';
import type { ClaimTable } from '../claims.ts';
import { diagnosed, reachable } from './common.ts';

export const KEY_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'azure.keyvault.vault',
    type: 'azurerm_key_vault',
    claims: {
      ...diagnosed('azurerm_key_vault'),
      ...reachable('public_network_access_enabled', 'network_acls[0].default_action'),
      stateful: ALWAYS,
      encrypted_at_rest: ALWAYS,
      deletion_protected: flag('purge_protection_enabled', false),
      versioned: ALWAYS,
      size: echo('sku_name', 'premium'),
    },
  },
  {
    kind: 'azure.keyvault.key',
    type: 'azurerm_key_vault_key',
    claims: {
      stateful: ALWAYS,
      key_rotation: [
        ...block('rotation_policy[0].automatic', [{ time_after_creation: 'P90D' }]),
        [false, nest('rotation_policy[0].expire_after', 'P1Y')],
      ],
      size: [...echo('key_size', '2048'), ['P-256', { curve: 'P-256' }]],
    },
  },
  {
    kind: 'azure.keyvault.secret',
    type: 'azurerm_key_vault_secret',
    claims: {
      stateful: ALWAYS,
      long_lived_key: [
        [true],
        [false, { expiration_date: '2027-01-01T00:00:00Z' }],
        [UNKNOWN, { expiration_date: YET }],
      ],
    },
  },
];
