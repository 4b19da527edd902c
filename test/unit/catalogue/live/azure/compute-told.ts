import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable } from '../tables.ts';

const DISK = 'properties.storageProfile.osDisk';
const SCALE = 'properties.virtualMachineProfile';
const SET = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des';

function nic(ip: unknown): unknown {
  return [{ properties: { ipConfigurations: [{ properties: ip }] } }];
}

const VOLUME: LiveTable['facts'] = {
  public: [
    [UNKNOWN],
    [
      true,
      {
        'properties.publicNetworkAccess': 'Enabled',
        'properties.networkAccessPolicy': 'AllowAll',
      },
    ],
    [false, { 'properties.networkAccessPolicy': 'DenyAll' }],
    [false, { 'properties.publicNetworkAccess': 'Disabled' }],
  ],
  customer_key: [[false], [true, { 'properties.encryption.diskEncryptionSetId': SET }]],
  disk_gb: repeats('properties.diskSizeGB', 256),
};

export const COMPUTE_TOLD: readonly LiveTable[] = [
  {
    type: 'Microsoft.Compute/virtualMachines',
    kind: 'azure.compute.virtual_machine',
    facts: {
      size: repeats('properties.hardwareProfile.vmSize', 'Standard_D2s_v5'),
      gpu: words(
        'properties.hardwareProfile.vmSize',
        ['Standard_NC6s_v3', true],
        ['Standard_D2s_v5', false],
      ),
      spot: [[false], [true, { 'properties.priority': 'Spot' }]],
      local_auth: [
        [UNKNOWN],
        [true, { [`${DISK}.osType`]: 'Windows' }],
        [true, { 'properties.osProfile.windowsConfiguration': {} }],
        [true, { 'properties.osProfile.linuxConfiguration': {} }],
        [
          false,
          { 'properties.osProfile.linuxConfiguration': { disablePasswordAuthentication: true } },
        ],
        // A disk that brought its own users.
        [UNKNOWN, { [`${DISK}.osType`]: 'Linux' }],
      ],
      customer_key: [
        [UNKNOWN],
        // Not allocated: no more than the id of the disk is told.
        [UNKNOWN, { [`${DISK}.managedDisk`]: { id: '/subscriptions/1/…/disks/os' } }],
        [false, { [`${DISK}.managedDisk`]: { storageAccountType: 'Premium_LRS' } }],
        [true, { [`${DISK}.managedDisk`]: { diskEncryptionSet: { id: SET } } }],
        [
          true,
          {
            [`${DISK}.managedDisk`]: {
              storageAccountType: 'Premium_LRS',
              securityProfile: { diskEncryptionSet: { id: SET } },
            },
          },
        ],
      ],
      encrypted_at_rest: [
        [true],
        [false, { [`${DISK}.vhd.uri`]: 'https://old.blob.core.windows.net/vhds/os.vhd' }],
      ],
      disk_gb: [
        [UNKNOWN],
        [64, { [DISK]: { diskSizeGB: 64, managedDisk: { storageAccountType: 'Premium_LRS' } } }],
      ],
      secret_in_user_data: [
        [UNKNOWN],
        [
          true,
          {
            'properties.userData': Buffer.from('export DB_PASSWORD=correct-horse').toString(
              'base64',
            ),
          },
        ],
      ],
      auto_upgrade: [
        [UNKNOWN],
        [
          true,
          {
            'properties.osProfile.linuxConfiguration.patchSettings.patchMode':
              'AutomaticByPlatform',
          },
        ],
        [true, { 'properties.osProfile.windowsConfiguration.enableAutomaticUpdates': true }],
        [false, { 'properties.osProfile.windowsConfiguration.enableAutomaticUpdates': false }],
        [
          false,
          { 'properties.osProfile.linuxConfiguration.patchSettings.patchMode': 'ImageDefault' },
        ],
      ],
      // Interfaces, backups and locks are resources of their own.
      public_ip: [[UNKNOWN]],
      backup: [[UNKNOWN]],
      deletion_protected: [[UNKNOWN]],
    },
  },
  {
    type: 'Microsoft.Compute/virtualMachineScaleSets',
    kind: 'azure.compute.scale_set',
    facts: {
      size: repeats('sku.name', 'Standard_D2s_v5'),
      instance_count: repeats('sku.capacity', 3),
      multi_zone: [[false], [true, { zones: ['1', '2'] }]],
      auto_upgrade: [
        [false],
        [
          true,
          { 'properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade': true },
        ],
      ],
      public_ip: [
        [UNKNOWN],
        [
          true,
          {
            [`${SCALE}.networkProfile.networkInterfaceConfigurations`]: nic({
              publicIPAddressConfiguration: { name: 'ip' },
            }),
          },
        ],
        [false, { [`${SCALE}.networkProfile.networkInterfaceConfigurations`]: nic({}) }],
      ],
      local_auth: [
        [UNKNOWN],
        [true, { [`${SCALE}.osProfile.windowsConfiguration`]: {} }],
        [
          true,
          {
            'properties.orchestrationMode': 'Flexible',
            [`${SCALE}.osProfile.windowsConfiguration`]: {},
          },
        ],
        [false, { [`${SCALE}.osProfile.linuxConfiguration.disablePasswordAuthentication`]: true }],
      ],
      customer_key: [
        [UNKNOWN],
        [false, { [`${SCALE}.storageProfile.osDisk.managedDisk.storageAccountType`]: 'x' }],
        [
          true,
          {
            [`${SCALE}.storageProfile.osDisk.managedDisk.storageAccountType`]: 'x',
            [`${SCALE}.storageProfile.dataDisks`]: [
              { managedDisk: { diskEncryptionSet: { id: SET } } },
            ],
          },
        ],
      ],
      spot: [[UNKNOWN], [true, { [`${SCALE}.priority`]: 'Spot' }], [false, { [SCALE]: {} }]],
    },
  },
  {
    type: 'Microsoft.Compute/disks',
    kind: 'azure.compute.disk',
    facts: {
      ...VOLUME,
      size: repeats('sku.name', 'Premium_ZRS'),
      multi_zone: words('sku.name', ['Premium_ZRS', true], ['Premium_LRS', false]),
    },
  },
  { type: 'Microsoft.Compute/snapshots', kind: 'azure.compute.snapshot', facts: VOLUME },
  {
    type: 'Microsoft.Compute/diskEncryptionSets',
    kind: 'azure.compute.disk_encryption_set',
    facts: {
      customer_key: [
        [UNKNOWN],
        [true, { 'properties.activeKey.keyUrl': 'https://v.vault.azure.net/keys/k/1' }],
      ],
      key_rotation: words(
        'properties.rotationToLatestKeyVersionEnabled',
        [true, true],
        [false, false],
      ),
    },
  },
];
