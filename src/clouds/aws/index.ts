import type { CloudAdapter } from '../adapter.ts';
import { openAwsInventory } from './inventory.ts';
import { AWS_PERMISSIONS } from './permissions.ts';
import { AwsSettings } from './schema.ts';
import { openAwsTagger } from './tagger.ts';

export const aws = {
  id: 'aws',
  title: 'Amazon Web Services',
  reads:
    'What AWS Config has recorded, per account and region or through an aggregator; the Tagging API as cross-check and writer.',
  settings: AwsSettings,
  permissions: AWS_PERMISSIONS,
  openTagger: (settings, outside) => Promise.resolve(openAwsTagger(settings, outside)),
  openInventory: (settings, outside) => Promise.resolve(openAwsInventory(settings, outside)),
} satisfies CloudAdapter<AwsSettings>;
