import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { YET, beside, block, echo, flag, planned, word } from '../claims.ts';
import type { ClaimTable, Claims } from '../claims.ts';
import { IDENTIFIED, KEY_ID, locked, stored } from './common.ts';

const VM = 'azurerm_linux_virtual_machine';
const SET = 'azurerm_linux_virtual_machine_scale_set';
const NIC = 'azurerm_network_interface';
const PIP = '/publicIPAddresses/p';
const SCRIPT = 'export DB_PASSWORD=Tr0ub4dor-and-3';

const MACHINE: Claims = {
  ...IDENTIFIED,
  customer_key: [
    [false],
    [true, { os_disk: [{ disk_encryption_set_id: KEY_ID }] }],
    [UNKNOWN, { os_disk: [{ disk_encryption_set_id: YET }] }],
  ],
  spot: word('priority', 'Spot', 'Regular'),
  disk_gb: [...echo('os_disk[0].disk_size_gb', 64)],
  secret_in_user_data: [
    [false],
    [false, { custom_data: 'echo hello' }],
    [true, { custom_data: SCRIPT }],
    [true, { user_data: Buffer.from(SCRIPT).toString('base64') }],
    [UNKNOWN, { custom_data: YET }],
  ],
};

function sized(path: string): Claims {
  return {
    size: echo(path, 'Standard_D2s_v5'),
    gpu: [
      [true, { [path]: 'Standard_NC24ads_A100_v4' }],
      [false, { [path]: 'Standard_D2s_v5' }],
      [UNKNOWN, { [path]: YET }],
    ],
  };
}

export const COMPUTE_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'azure.compute.virtual_machine',
    type: VM,
    claims: {
      ...MACHINE,
      ...sized('size'),
      encrypted_at_rest: [
        [true],
        [false, { storage_os_disk: [{ vhd_uri: 'https://a/b.vhd' }] }],
        [UNKNOWN, { storage_os_disk: [{ vhd_uri: YET }] }],
      ],
      local_auth: flag('disable_password_authentication', false, false),
      public_ip: [
        [false],
        [
          true,
          {},
          [planned(NIC, { ip_configuration: [{ public_ip_address_id: PIP }] })],
          { refers: { network_interface_ids: [`${NIC}.this`] } },
        ],
        [
          false,
          {},
          [planned(NIC, { ip_configuration: [{ name: 'a' }] })],
          { refers: { network_interface_ids: [`${NIC}.this`] } },
        ],
        [UNKNOWN, { network_interface_ids: YET }],
      ],
      backup: beside('azurerm_backup_protected_vm', 'source_vm_id', VM),
      auto_upgrade: word('patch_mode', 'AutomaticByPlatform', 'ImageDefault'),
      deletion_protected: locked(VM),
    },
    others: {
      azurerm_windows_virtual_machine: {
        local_auth: [[true]],
        auto_upgrade: [[true], [false, { patch_mode: 'Manual' }]],
      },
      azurerm_virtual_machine: {
        size: [['Standard_B1s', { vm_size: 'Standard_B1s' }]],
        disk_gb: [[30, { storage_os_disk: [{ disk_size_gb: 30 }] }]],
        secret_in_user_data: [[true, { os_profile: [{ custom_data: SCRIPT }] }]],
        local_auth: [
          [true, { os_profile_windows_config: [{}] }],
          [false, { os_profile_linux_config: [{ disable_password_authentication: true }] }],
        ],
      },
    },
  },
  {
    kind: 'azure.compute.scale_set',
    type: SET,
    claims: {
      ...MACHINE,
      ...sized('sku'),
      encrypted_at_rest: [
        [true],
        [false, { storage_os_disk: [{ vhd_uri: 'https://a/b.vhd' }] }],
        [UNKNOWN, { storage_os_disk: [{ vhd_uri: YET }] }],
      ],
      local_auth: flag('disable_password_authentication', false, false),
      public_ip: [
        [false, { network_interface: [{ ip_configuration: [{ name: 'a' }] }] }],
        [
          true,
          { network_interface: [{ ip_configuration: [{ public_ip_address: [{ name: 'p' }] }] }] },
        ],
        [UNKNOWN, { network_interface: YET }],
      ],
      multi_zone: word('zones', ['1', '2'], ['1']),
      instance_count: echo('instances', 3),
      auto_upgrade: flag('automatic_os_upgrade_policy[0].enable_automatic_os_upgrade', false),
    },
    others: {
      azurerm_windows_virtual_machine_scale_set: { local_auth: [[true]] },
      azurerm_orchestrated_virtual_machine_scale_set: {
        size: [['Standard_D2', { sku_name: 'Standard_D2' }]],
      },
      azurerm_virtual_machine_scale_set: {
        size: [['Standard_F2', { sku: [{ name: 'Standard_F2', capacity: 4 }] }]],
        instance_count: [[4, { sku: [{ name: 'Standard_F2', capacity: 4 }] }]],
        auto_upgrade: [[true, { automatic_os_upgrade: true }]],
      },
    },
  },
  {
    kind: 'azure.compute.disk',
    type: 'azurerm_managed_disk',
    claims: {
      ...stored('azurerm_managed_disk'),
      customer_key: block('disk_encryption_set_id', KEY_ID),
      public: [
        ...flag('public_network_access_enabled', true),
        ...word('network_access_policy', 'AllowAll', 'DenyAll', true),
      ],
      size: echo('storage_account_type', 'Premium_LRS'),
      disk_gb: echo('disk_size_gb', 128),
      multi_zone: [
        [true, { storage_account_type: 'Premium_ZRS' }],
        [false, { storage_account_type: 'Premium_LRS' }],
        [UNKNOWN, { storage_account_type: YET }],
      ],
    },
  },
  {
    kind: 'azure.compute.disk_encryption_set',
    type: 'azurerm_disk_encryption_set',
    claims: {
      ...IDENTIFIED,
      customer_key: block('key_vault_key_id', KEY_ID),
      key_rotation: flag('auto_key_rotation_enabled', false),
    },
  },
  {
    kind: 'azure.compute.snapshot',
    type: 'azurerm_snapshot',
    claims: {
      ...stored('azurerm_snapshot'),
      customer_key: block('disk_encryption_set_id', KEY_ID),
      public: word('network_access_policy', 'AllowAll', 'AllowPrivate', true),
      disk_gb: echo('disk_size_gb', 128),
    },
  },
];
