import type { FakeArmResource } from '../../clouds/fakes/azure/index.ts';
import type { Chance } from './seeded.ts';

/** Where a resource of Azure is, and how it was made. */
export interface AzureSite {
  readonly subscription: string;
  readonly group: string;
  readonly chance: Chance;
  readonly careful: boolean;
  readonly name: string;
}

export type AzureShape = (site: AzureSite) => FakeArmResource;

const LOCATION = 'westeurope';

function idOf({ subscription, group }: AzureSite, type: string, name: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`;
}

function made(
  site: AzureSite,
  type: string,
  name: string,
  rest: Omit<FakeArmResource, 'id' | 'name' | 'type' | 'location'>,
): FakeArmResource {
  return {
    id: idOf(site, type, name),
    name,
    type: type.toLowerCase(),
    location: LOCATION,
    ...rest,
  };
}

export function resourceGroup(
  subscription: string,
  name: string,
  tags: Readonly<Record<string, string>>,
): FakeArmResource {
  return {
    id: `/subscriptions/${subscription}/resourceGroups/${name}`,
    name,
    type: 'microsoft.resources/subscriptions/resourcegroups',
    location: LOCATION,
    properties: { provisioningState: 'Succeeded' },
    tags,
  };
}

export const storage: AzureShape = (site) => {
  const { careful, name, chance } = site;
  return made(site, 'Microsoft.Storage/storageAccounts', `st${name}${chance.hex(4)}`, {
    kind: 'StorageV2',
    sku: { name: careful ? 'Standard_ZRS' : 'Standard_LRS', tier: 'Standard' },
    properties: {
      minimumTlsVersion: careful ? 'TLS1_2' : 'TLS1_0',
      allowBlobPublicAccess: !careful,
      allowSharedKeyAccess: !careful,
      publicNetworkAccess: careful ? 'Disabled' : 'Enabled',
      networkAcls: {
        bypass: 'AzureServices',
        virtualNetworkRules: [],
        ipRules: [],
        defaultAction: careful ? 'Deny' : 'Allow',
      },
      supportsHttpsTrafficOnly: careful,
      encryption: {
        services: { blob: { keyType: 'Account', enabled: true } },
        keySource: 'Microsoft.Storage',
      },
      accessTier: 'Hot',
      provisioningState: 'Succeeded',
      creationTime: '2026-05-11T09:30:00.1234567Z',
    },
  });
};

export const disk: AzureShape = (site) =>
  made(site, 'Microsoft.Compute/disks', `disk-${site.name}-${site.chance.hex(4)}`, {
    sku: { name: 'Premium_LRS', tier: 'Premium' },
    properties: {
      creationData: { createOption: 'Empty' },
      diskSizeGB: site.careful ? 128 : 512,
      encryption: { type: 'EncryptionAtRestWithPlatformKey' },
      networkAccessPolicy: site.careful ? 'DenyAll' : 'AllowAll',
      publicNetworkAccess: site.careful ? 'Disabled' : 'Enabled',
      diskState: site.careful ? 'Attached' : 'Unattached',
      provisioningState: 'Succeeded',
    },
  });

export const machine: AzureShape = (site) => {
  const { careful, chance } = site;
  const name = `vm-${site.name}-${chance.hex(4)}`;
  return made(site, 'Microsoft.Compute/virtualMachines', name, {
    properties: {
      hardwareProfile: { vmSize: 'Standard_D2s_v5' },
      provisioningState: 'Succeeded',
      storageProfile: {
        osDisk: {
          osType: 'Linux',
          name: `${name}_os`,
          createOption: 'FromImage',
          diskSizeGB: 64,
          managedDisk: { storageAccountType: 'Premium_LRS' },
        },
        dataDisks: [],
      },
      osProfile: {
        computerName: name,
        adminUsername: 'ops',
        linuxConfiguration: {
          disablePasswordAuthentication: careful,
          patchSettings: { patchMode: careful ? 'AutomaticByPlatform' : 'ImageDefault' },
        },
      },
      networkProfile: { networkInterfaces: [] },
    },
  });
};

export const securityGroup: AzureShape = (site) => {
  const { careful } = site;
  const name = `nsg-${site.name}-${site.chance.hex(4)}`;
  const type = 'Microsoft.Network/networkSecurityGroups';
  return made(site, type, name, {
    properties: {
      provisioningState: 'Succeeded',
      securityRules: [
        {
          name: 'in',
          id: `${idOf(site, type, name)}/securityRules/in`,
          type: 'Microsoft.Network/networkSecurityGroups/securityRules',
          properties: {
            provisioningState: 'Succeeded',
            protocol: 'Tcp',
            sourcePortRange: '*',
            destinationPortRange: careful ? '443' : '22',
            sourceAddressPrefix: careful ? '10.0.0.0/8' : '*',
            destinationAddressPrefix: '*',
            access: 'Allow',
            priority: 100,
            direction: 'Inbound',
            sourcePortRanges: [],
            destinationPortRanges: [],
            sourceAddressPrefixes: [],
            destinationAddressPrefixes: [],
          },
        },
      ],
      defaultSecurityRules: [],
    },
  });
};

export const vault: AzureShape = (site) =>
  made(site, 'Microsoft.KeyVault/vaults', `kv-${site.name}-${site.chance.hex(4)}`, {
    properties: {
      sku: { family: 'A', name: 'standard' },
      accessPolicies: [],
      enableRbacAuthorization: site.careful,
      enableSoftDelete: true,
      ...(site.careful ? { enablePurgeProtection: true } : {}),
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: site.careful ? 'Disabled' : 'Enabled',
      provisioningState: 'Succeeded',
    },
  });

export const webApp: AzureShape = (site) =>
  made(site, 'Microsoft.Web/sites', `app-${site.name}-${site.chance.hex(4)}`, {
    kind: 'app,linux',
    properties: {
      state: 'Running',
      enabled: true,
      httpsOnly: site.careful,
      publicNetworkAccess: site.careful ? 'Disabled' : 'Enabled',
      reserved: true,
      siteConfig: { numberOfWorkers: 1, linuxFxVersion: 'NODE|22-lts', alwaysOn: true },
    },
  });
