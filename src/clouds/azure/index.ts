import type { CloudAdapter } from '../adapter.ts';
import { openAzureInventory } from './inventory.ts';
import { READ_PERMISSIONS, WRITE_PERMISSIONS } from './permissions.ts';
import { AzureSettings } from './schema.ts';
import { openAzureTagger } from './tagger.ts';

export const azure = {
  id: 'azure',
  title: 'Microsoft Azure',
  reads:
    'Subscriptions, resource groups and resources by Azure Resource Graph; tags by Azure Resource Manager.',
  settings: AzureSettings,
  permissions: { read: READ_PERMISSIONS, write: WRITE_PERMISSIONS },
  openInventory: async (settings, outside) => await openAzureInventory(settings, outside),
  openTagger: async (settings, outside) => await openAzureTagger(settings, outside),
} satisfies CloudAdapter<AzureSettings>;
