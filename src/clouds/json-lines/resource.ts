import { compact } from '../../kit/compact.ts';
import type { RawResource } from '../../sources/source.ts';
import type { LiveResource } from '../inventory.ts';
import type { InventoryLine } from './schema.ts';

const NOT_READ = 'whoever wrote the inventory could not read them (tags: null)';

/**
 * @param inventory its name, the first part of every address.
 * @param capturedAt for a line that does not tell.
 */
export function toLiveResource(
  inventory: string,
  line: InventoryLine,
  capturedAt: string,
): LiveResource {
  const { createdBy, parent } = line;
  return {
    resource: toResource(inventory, line),
    capturedAt: line.capturedAt ?? capturedAt,
    ...compact({ createdAt: line.createdAt, managedBy: line.managedBy }),
    ...(createdBy === undefined
      ? {}
      : { createdBy: { name: createdBy.name, ...compact(createdBy) } }),
    ...(parent === undefined ? {} : { parents: [`${inventory}/${parent}`] }),
  };
}

function toResource(inventory: string, line: InventoryLine): RawResource {
  return {
    address: `${inventory}/${line.id}`,
    type: line.type ?? kindOf(line),
    provider: line.provider,
    dialect: 'inventory',
    action: 'present',
    scope: { ...line.scope, ...compact({ account: line.account, region: line.region }) },
    attributes: line.config ?? {},
    told: { kind: kindOf(line), facts: line.facts ?? {} },
    tags:
      line.tags === null
        ? { state: 'unknown', reason: NOT_READ }
        : { state: 'known', values: line.tags },
    unknown: [],
    sensitive: line.sensitive ?? [],
    references: [],
  };
}

/** By what rules match it. */
function kindOf({ kind, type }: InventoryLine): string {
  return kind ?? type ?? '';
}
