import type { CloudAdapter } from '../adapter.ts';
import { openGoogleInventory } from './inventory.ts';
import { GOOGLE_PERMISSIONS } from './permissions.ts';
import { googleSettings } from './schema.ts';
import type { GoogleSettings } from './schema.ts';
import { openGoogleTagger } from './tagger.ts';

export const google = {
  id: 'google',
  title: 'Google Cloud',
  reads:
    'Organisations, folders and projects through Cloud Asset Inventory; labels are written through the services that keep them.',
  settings: googleSettings,
  permissions: GOOGLE_PERMISSIONS,
  openInventory: (settings, outside) => openGoogleInventory(settings, outside),
  openTagger: (settings, outside) => openGoogleTagger(settings, outside),
} satisfies CloudAdapter<GoogleSettings>;
