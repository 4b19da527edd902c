import type { CloudAdapter } from '../adapter.ts';
import { openLines } from './inventory.ts';
import type { PushedInventories } from './pushed.ts';
import { JsonLinesSettings } from './schema.ts';

/**
 * Any other system, told as JSON lines.
 *
 * @param pushed where pushed inventories are kept; without it, those have nothing to read.
 */
export function jsonLines(pushed?: PushedInventories) {
  return {
    id: 'json-lines',
    title: 'Any other system, as JSON lines',
    reads: 'Files of JSON lines, or what was pushed to POST /v1/inventories/{name}.',
    settings: JsonLinesSettings,
    permissions: { read: [], write: [] },
    openInventory: (settings) => Promise.resolve(openLines(settings, pushed)),
  } satisfies CloudAdapter<JsonLinesSettings>;
}
