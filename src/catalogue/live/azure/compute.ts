import { at, flag, given, list, number, object, orNone, text } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { arm, enabled, one } from './arm.ts';
import type { Told } from './arm.ts';

/** What a machine, and the profile of the machines of a scale set, tell alike. */
function machine(profile: Told): Told {
  return {
    os_disk: osDisk(profile),
    // The oldest machines keep their disk as a blob.
    storage_os_disk:
      given(
        text(profile, 'storageProfile.osDisk.vhd.uri') ??
          text(profile, 'storageProfile.osDisk.vhdContainers[0]'),
        (uri) => [{ vhd_uri: uri }],
      ) ?? null,
    priority: orNone(text(profile, 'priority')),
    // Azure keeps custom data to itself, and tells user data to those who ask for it.
    user_data: text(profile, 'userData'),
    disable_password_authentication: keysOnly(profile),
    os_profile_linux_config: null,
    os_profile_windows_config: null,
  };
}

/** Of a machine that is not allocated Azure tells of the disk no more than its id. */
function osDisk(profile: Told): Told[string] {
  const disk = object(profile, 'storageProfile.osDisk');
  const managed = object(disk, 'managedDisk');
  const key = diskKey(managed);
  if (managed !== undefined && key === null && !text(managed, 'storageAccountType'))
    return undefined;
  return one(disk, () => ({
    disk_size_gb: orNone(number(disk, 'diskSizeGB')),
    disk_encryption_set_id: key,
    secure_vm_disk_encryption_set_id: orNone(text(managed, 'securityProfile.diskEncryptionSet.id')),
  }));
}

function diskKey(managedDisk: unknown): string | null {
  return orNone(text(managedDisk, 'diskEncryptionSet.id'));
}

/** Windows has nothing but passwords. Without a profile the disk came with its own users, and nobody can tell. */
function keysOnly(profile: Told): boolean | undefined {
  if (isWindows(profile)) return false;
  return given(
    object(profile, 'osProfile'),
    (os) => flag(os, 'linuxConfiguration.disablePasswordAuthentication') ?? false,
  );
}

function isWindows(profile: unknown): boolean {
  return (
    object(profile, 'osProfile.windowsConfiguration') !== undefined ||
    /^windows$/i.test(text(profile, 'storageProfile.osDisk.osType') ?? '')
  );
}

function isLinux(profile: unknown): boolean {
  return (
    object(profile, 'osProfile.linuxConfiguration') !== undefined ||
    /^linux$/i.test(text(profile, 'storageProfile.osDisk.osType') ?? '')
  );
}

function virtualMachine(properties: Told): Told {
  return {
    ...machine(properties),
    size: text(properties, 'hardwareProfile.vmSize'),
    // Terraform attaches them by resources of their own, which a plan's machine knows nothing of.
    data_disk: null,
    patch_mode: patchMode(properties),
  };
}

/** Windows up to 2020 has a switch alone. */
function patchMode(properties: Told): string | undefined {
  const mode =
    text(properties, 'osProfile.windowsConfiguration.patchSettings.patchMode') ??
    text(properties, 'osProfile.linuxConfiguration.patchSettings.patchMode');
  if (mode !== undefined) return mode;
  return given(flag(properties, 'osProfile.windowsConfiguration.enableAutomaticUpdates'), (on) =>
    on ? 'AutomaticByOS' : 'Manual',
  );
}

/** Without a type of system it is a machine of the generic type, which the provider keeps for attached disks. */
function machineType(item: LiveItem): string {
  const profile = at(item, 'properties');
  if (isWindows(profile)) return 'azurerm_windows_virtual_machine';
  return isLinux(profile) ? 'azurerm_linux_virtual_machine' : 'azurerm_virtual_machine';
}

function scaleSet(properties: Told, item: LiveItem): Told {
  const profile = object(properties, 'virtualMachineProfile');
  return {
    ...(profile === undefined ? {} : machine(profile)),
    ...(profile === undefined ? {} : { data_disk: dataDisks(profile) }),
    sku: text(item, 'sku.name'),
    instances: number(item, 'sku.capacity'),
    network_interface: interfaces(profile),
    automatic_os_upgrade: orNone(
      flag(properties, 'upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade'),
    ),
    automatic_os_upgrade_policy: null,
  };
}

function dataDisks(profile: Told): Told[string] {
  return (list(profile, 'storageProfile.dataDisks') ?? []).map((disk) => ({
    disk_encryption_set_id: diskKey(at(disk, 'managedDisk')),
  }));
}

function interfaces(profile: unknown): Told[string] {
  return given(list(profile, 'networkProfile.networkInterfaceConfigurations'), (configurations) =>
    configurations.map((nic) => ({
      ip_configuration: (list(nic, 'properties.ipConfigurations') ?? []).map((ip) => ({
        public_ip_address: object(ip, 'properties.publicIPAddressConfiguration') && [{}],
      })),
    })),
  );
}

function scaleSetType(item: LiveItem): string {
  const profile = at(item, 'properties.virtualMachineProfile');
  if (/^flexible$/i.test(text(item, 'properties.orchestrationMode') ?? ''))
    return 'azurerm_orchestrated_virtual_machine_scale_set';
  if (isWindows(profile)) return 'azurerm_windows_virtual_machine_scale_set';
  return isLinux(profile)
    ? 'azurerm_linux_virtual_machine_scale_set'
    : 'azurerm_virtual_machine_scale_set';
}

/** What disks and snapshots tell alike. */
function volume(properties: Told): Told {
  return {
    public_network_access_enabled: enabled(properties, 'publicNetworkAccess'),
    network_access_policy: text(properties, 'networkAccessPolicy'),
    disk_encryption_set_id: orNone(text(properties, 'encryption.diskEncryptionSetId')),
    secure_vm_disk_encryption_set_id: orNone(
      text(properties, 'securityProfile.secureVMDiskEncryptionSetId'),
    ),
    disk_size_gb: number(properties, 'diskSizeGB'),
  };
}

export const COMPUTE: readonly Restatement[] = [
  arm({
    type: 'Microsoft.Compute/virtualMachines',
    as: machineType,
    attributes: virtualMachine,
    sensitive: [
      'properties.userData',
      'properties.osProfile.customData',
      'properties.osProfile.adminPassword',
    ],
  }),
  arm({
    type: 'Microsoft.Compute/virtualMachineScaleSets',
    as: scaleSetType,
    attributes: scaleSet,
    sensitive: [
      'properties.virtualMachineProfile.userData',
      'properties.virtualMachineProfile.osProfile.customData',
      'properties.virtualMachineProfile.osProfile.adminPassword',
    ],
  }),
  arm({
    type: 'Microsoft.Compute/disks',
    as: 'azurerm_managed_disk',
    attributes: (properties, item) => ({
      ...volume(properties),
      storage_account_type: text(item, 'sku.name'),
    }),
  }),
  arm({ type: 'Microsoft.Compute/snapshots', as: 'azurerm_snapshot', attributes: volume }),
  arm({
    type: 'Microsoft.Compute/diskEncryptionSets',
    as: 'azurerm_disk_encryption_set',
    attributes: (properties) => ({
      key_vault_key_id: text(properties, 'activeKey.keyUrl'),
      managed_hsm_key_id: null,
      auto_key_rotation_enabled: flag(properties, 'rotationToLatestKeyVersionEnabled'),
    }),
  }),
];
