import type { CloudAdapter } from '../adapter.ts';
import { READ_PERMISSIONS, WRITE_PERMISSIONS } from './permissions.ts';
import { AzureSettings } from './schema.ts';

export const azure = {
  id: 'azure',
  title: 'Microsoft Azure',
  reads:
    'Subscriptions, resource groups and resources by Azure Resource Graph; tags by Azure Resource Manager.',
  settings: AzureSettings,
  permissions: { read: READ_PERMISSIONS, write: WRITE_PERMISSIONS },
  // Azure's SDK takes most of a second to load: only who has an Azure inventory waits for it.
  openInventory: async (settings, outside) => {
    const { openAzureInventory } = await import('./inventory.ts');
    return await openAzureInventory(settings, outside);
  },
  openTagger: async (settings, outside) => {
    const { openAzureTagger } = await import('./tagger.ts');
    return await openAzureTagger(settings, outside);
  },
} satisfies CloudAdapter<AzureSettings>;
