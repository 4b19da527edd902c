import { secretInScripts } from '../environment.ts';
import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { companion, firstOf, hasBlock } from '../terraform.ts';
import {
  allOf,
  anyOf,
  equals,
  map,
  not,
  orElse,
  present,
  someCompanion,
  someOf,
} from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';
import {
  accelerated,
  attachesAddress,
  azureKind,
  identity,
  inSeveralZones,
  locked,
  ownKey,
  store,
} from './service.ts';

const DISK_KEYS = ['disk_encryption_set_id', 'secure_vm_disk_encryption_set_id'] as const;

/** What machines and scale sets share. Managed disks are always encrypted, with the platform's key unless told. */
function machine(view: View, size: Read<string>): Facts {
  return {
    ...identity(view),
    encrypted_at_rest: managed(view),
    customer_key: anyOf(
      ownKey(view, ...DISK_KEYS.map((key) => `os_disk[0].${key}`)),
      someOf(view.list('data_disk'), (disk) => ownKey(disk, 'disk_encryption_set_id')),
    ),
    size,
    gpu: accelerated(size),
    spot: equals(view.string('priority'), 'Spot'),
    secret_in_user_data: secretInScripts(
      view.string('custom_data'),
      view.string('user_data'),
      view.string('os_profile[0].custom_data'),
    ),
    disk_gb: firstOf(
      view.number('os_disk[0].disk_size_gb'),
      view.number('storage_os_disk[0].disk_size_gb'),
    ),
  };
}

/** The oldest machines keep their disk as a blob (`vhd_uri`), where nothing says how it is encrypted. */
function managed(view: View): Truth {
  return not(present(view.read('storage_os_disk[0].vhd_uri')));
}

/** Page azurerm_linux_virtual_machine: password logins are off unless told; Windows has nothing but passwords. */
function passwords(view: View): Truth {
  if (view.resource.type.startsWith('azurerm_windows')) return true;
  const off = firstOf(
    view.boolean('disable_password_authentication'),
    view.boolean('os_profile_linux_config[0].disable_password_authentication'),
    view.boolean('os_profile[0].linux_configuration[0].disable_password_authentication'),
  );
  return not(orElse(off, !hasWindows(view)));
}

function hasWindows(view: View): boolean {
  return (
    hasBlock(view, 'os_profile_windows_config') === true ||
    hasBlock(view, 'os_profile[0].windows_configuration') === true
  );
}

function virtualMachine(view: View): Facts {
  const size = firstOf(view.string('size'), view.string('vm_size'));
  return {
    ...machine(view, size),
    local_auth: passwords(view),
    public_ip: publicInterface(view),
    backup: companion(view, ['azurerm_backup_protected_vm'], 'source_vm_id'),
    auto_upgrade: patched(view),
    deletion_protected: locked(view),
  };
}

/** Automatic patches: `AutomaticByPlatform`, or on Windows `AutomaticByOS`, the default of its page. */
function patched(view: View): Truth {
  const windows = view.resource.type === 'azurerm_windows_virtual_machine';
  const mode = orElse(view.string('patch_mode'), windows ? 'AutomaticByOS' : 'ImageDefault');
  return anyOf(equals(mode, 'AutomaticByPlatform'), equals(mode, 'AutomaticByOS'));
}

/** A machine has a public address when one of its network interfaces has one. */
function publicInterface(view: View): Truth {
  return someCompanion(
    view.targets('network_interface_ids', ['azurerm_network_interface']),
    (nic) => attachesAddress(nic, 'ip_configuration'),
  );
}

function scaleSet(view: View): Facts {
  const size = firstOf(view.string('sku'), view.string('sku_name'), view.string('sku[0].name'));
  return {
    ...machine(view, size),
    local_auth: passwords(view),
    public_ip: someOf(view.list('network_interface'), (nic) =>
      someOf(nic.list('ip_configuration'), (one) => hasBlock(one, 'public_ip_address')),
    ),
    multi_zone: inSeveralZones(view),
    instance_count: firstOf(view.number('instances'), view.number('sku[0].capacity')),
    auto_upgrade: orElse(
      firstOf(
        view.boolean('automatic_os_upgrade_policy[0].enable_automatic_os_upgrade'),
        view.boolean('automatic_os_upgrade'),
      ),
      false,
    ),
  };
}

/** Page azurerm_managed_disk: open to export over the network from anywhere unless told. */
function disk(view: View): Facts {
  return {
    ...store(view),
    customer_key: ownKey(view, ...DISK_KEYS),
    public: allOf(
      orElse(view.boolean('public_network_access_enabled'), true),
      equals(orElse(view.string('network_access_policy'), 'AllowAll'), 'AllowAll'),
    ),
    size: view.string('storage_account_type'),
    disk_gb: view.number('disk_size_gb'),
    multi_zone: map(view.string('storage_account_type'), (type) => type.endsWith('_ZRS')),
  };
}

export const COMPUTE: readonly Kind[] = [
  azureKind({
    kind: 'azure.compute.virtual_machine',
    title: 'Azure virtual machine',
    types: [
      'azurerm_linux_virtual_machine',
      'azurerm_windows_virtual_machine',
      'azurerm_virtual_machine',
    ],
    facts: virtualMachine,
  }),
  azureKind({
    kind: 'azure.compute.scale_set',
    title: 'Azure virtual machine scale set',
    types: [
      'azurerm_linux_virtual_machine_scale_set',
      'azurerm_windows_virtual_machine_scale_set',
      'azurerm_orchestrated_virtual_machine_scale_set',
      'azurerm_virtual_machine_scale_set',
    ],
    facts: scaleSet,
  }),
  azureKind({
    kind: 'azure.compute.disk',
    title: 'Azure managed disk',
    types: ['azurerm_managed_disk'],
    facts: disk,
  }),
  azureKind({
    kind: 'azure.compute.disk_encryption_set',
    title: 'Azure disk encryption set',
    types: ['azurerm_disk_encryption_set'],
    facts: (view) => ({
      ...identity(view),
      customer_key: ownKey(view, 'key_vault_key_id', 'managed_hsm_key_id'),
      key_rotation: orElse(view.boolean('auto_key_rotation_enabled'), false),
    }),
  }),
  azureKind({
    kind: 'azure.compute.snapshot',
    title: 'Azure disk snapshot',
    types: ['azurerm_snapshot'],
    facts: (view) => ({
      ...store(view),
      customer_key: ownKey(view, 'disk_encryption_set_id'),
      public: allOf(
        orElse(view.boolean('public_network_access_enabled'), true),
        equals(orElse(view.string('network_access_policy'), 'AllowAll'), 'AllowAll'),
      ),
      disk_gb: view.number('disk_size_gb'),
    }),
  }),
];
