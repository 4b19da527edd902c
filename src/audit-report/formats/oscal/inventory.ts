import type { Item } from '../../report.ts';
import { uuidOf } from '../../uuid.ts';
import { marked, plain } from './words.ts';

/** The id of a resource is the same in every document. */
export function resourceId(address: string): string {
  return uuidOf('resource', address);
}

/** Every resource that is spoken of, once. */
export function inventoryOf(items: readonly Item[]) {
  const resources = new Map(items.map((item) => [item.address, item]));
  return [...resources.values()].map(({ address, kind, scope }) => ({
    uuid: resourceId(address),
    description: marked(address),
    props: [
      { name: 'asset-id', value: plain(address) },
      { name: 'kind', ns: 'https://portcullis.dev/ns/oscal', value: plain(kind) },
      ...Object.entries(scope).map(([name, value]) => ({
        name: 'scope',
        ns: 'https://portcullis.dev/ns/oscal',
        value: plain(`${name}=${value}`),
      })),
    ],
  }));
}
