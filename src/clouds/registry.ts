import { z } from 'zod';

import { assertNever } from '../kit/assert-never.ts';
import type { CloudOutside } from './adapter.ts';
import { AwsSettings } from './aws/schema.ts';
import { AzureSettings } from './azure/schema.ts';
import { googleSettings } from './google/schema.ts';
import type { Inventory } from './inventory.ts';
import type { PushedInventories } from './json-lines/pushed.ts';
import { JsonLinesSettings } from './json-lines/schema.ts';
import { KubernetesSettings } from './kubernetes/schema.ts';
import type { Tagger } from './tagger.ts';
import { TerraformStateSettings } from './terraform-state/schema.ts';

/** One entry of `inventories:` in portcullis.yaml. */
export const InventorySettings = z.discriminatedUnion('type', [
  AwsSettings,
  AzureSettings,
  googleSettings,
  KubernetesSettings,
  TerraformStateSettings,
  JsonLinesSettings,
]);
export type InventorySettings = z.output<typeof InventorySettings>;

export type CloudId = InventorySettings['type'];

/**
 * Every place that tells what exists, each loaded when it is asked for: the SDKs of three clouds take a second together, and a
 * gate without inventories needs none. `deploy/`, the docs and the contract test come from this table.
 */
export const CLOUD_ADAPTERS = {
  aws: async () => (await import('./aws/index.ts')).aws,
  azure: async () => (await import('./azure/index.ts')).azure,
  google: async () => (await import('./google/index.ts')).google,
  kubernetes: async () => (await import('./kubernetes/index.ts')).kubernetes,
  'terraform-state': async () => (await import('./terraform-state/index.ts')).terraformState,
  'json-lines': async () => (await import('./json-lines/index.ts')).jsonLines(),
} as const satisfies Record<CloudId, () => Promise<unknown>>;

/** What adapters may know besides the world: what was pushed. */
export interface InventoryContext {
  readonly outside: CloudOutside;
  readonly pushed: PushedInventories;
}

/** The inventory that an entry of the configuration names. @throws CloudError */
export async function openInventory(
  settings: InventorySettings,
  { outside, pushed }: InventoryContext,
): Promise<Inventory> {
  switch (settings.type) {
    case 'aws':
      return await (await CLOUD_ADAPTERS.aws()).openInventory(settings, outside);
    case 'azure':
      return await (await CLOUD_ADAPTERS.azure()).openInventory(settings, outside);
    case 'google':
      return await (await CLOUD_ADAPTERS.google()).openInventory(settings, outside);
    case 'kubernetes':
      return await (await CLOUD_ADAPTERS.kubernetes()).openInventory(settings, outside);
    case 'terraform-state':
      return await (await CLOUD_ADAPTERS['terraform-state']()).openInventory(settings);
    case 'json-lines': {
      const { jsonLines } = await import('./json-lines/index.ts');
      return await jsonLines(pushed).openInventory(settings);
    }
    default:
      return assertNever(settings, 'inventory');
  }
}

/** The tagger of the same cloud; undefined where nothing can be written. @throws CloudError */
export async function openTagger(
  settings: InventorySettings,
  outside: CloudOutside,
): Promise<Tagger | undefined> {
  switch (settings.type) {
    case 'aws':
      return await (await CLOUD_ADAPTERS.aws()).openTagger(settings, outside);
    case 'azure':
      return await (await CLOUD_ADAPTERS.azure()).openTagger(settings, outside);
    case 'google':
      return await (await CLOUD_ADAPTERS.google()).openTagger(settings, outside);
    case 'kubernetes':
      return await (await CLOUD_ADAPTERS.kubernetes()).openTagger(settings, outside);
    case 'terraform-state':
    case 'json-lines':
      return undefined;
    default:
      return assertNever(settings, 'inventory');
  }
}

/** Adapters whose resources can be repaired. */
export function isWritable(id: CloudId): boolean {
  return id !== 'terraform-state' && id !== 'json-lines';
}
