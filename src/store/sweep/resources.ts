import type { FleetResource } from '../../sweep/fleet.ts';
import { chunks, json, jsonOrNull, orAbsent, text } from '../columns.ts';
import type { Connection } from '../database.ts';
import type { SweepTables } from './tables.ts';
import { creatorColumn, madeBy, managerOf, scopeOf, tagsOf } from './values.ts';

const COLUMNS = 16;

/** Of these addresses, those that this run has not seen before. */
export async function freshAddresses(
  transaction: Connection,
  addresses: readonly string[],
  number: number,
): Promise<ReadonlySet<string>> {
  const fresh = new Set(addresses);
  for (const chunk of chunks(addresses, 1)) {
    const rows = await transaction
      .selectFrom('live_resource')
      .select('address')
      .where('address', 'in', [...chunk])
      .where('run_number', '=', number)
      .execute();
    for (const { address } of rows) fresh.delete(address);
  }
  return fresh;
}

export async function writeResources(
  transaction: Connection,
  resources: readonly FleetResource[],
  number: number,
): Promise<void> {
  for (const chunk of chunks(resources, COLUMNS)) {
    await transaction
      .insertInto('live_resource')
      .values(chunk.map((resource) => toRow(resource, number)))
      .onConflict((on) =>
        on.column('address').doUpdateSet((row) => ({
          kind: row.ref('excluded.kind'),
          type: row.ref('excluded.type'),
          provider: row.ref('excluded.provider'),
          scope: row.ref('excluded.scope'),
          account: row.ref('excluded.account'),
          region: row.ref('excluded.region'),
          tags: row.ref('excluded.tags'),
          taggable: row.ref('excluded.taggable'),
          managed_by: row.ref('excluded.managed_by'),
          created_by: row.ref('excluded.created_by'),
          created_at: row.ref('excluded.created_at'),
          captured_at: row.ref('excluded.captured_at'),
          inventory: row.ref('excluded.inventory'),
          partition: row.ref('excluded.partition'),
          run_number: row.ref('excluded.run_number'),
        })),
      )
      .execute();
  }
  await writeParents(transaction, resources);
}

async function writeParents(
  transaction: Connection,
  resources: readonly FleetResource[],
): Promise<void> {
  await deleteParents(
    transaction,
    resources.map(({ address }) => address),
  );
  const rows = resources.flatMap(({ address, parents }) =>
    parents.map((parent, ordinal) => ({ address, ordinal, parent: text(parent) })),
  );
  for (const chunk of chunks(rows, 3))
    await transaction
      .insertInto('live_parent')
      .values([...chunk])
      .execute();
}

export async function deleteParents(
  transaction: Connection,
  addresses: readonly string[],
): Promise<void> {
  for (const chunk of chunks(addresses, 1)) {
    await transaction
      .deleteFrom('live_parent')
      .where('address', 'in', [...chunk])
      .execute();
  }
}

function toRow(resource: FleetResource, run_number: number): SweepTables['live_resource'] {
  return {
    address: resource.address,
    kind: text(resource.kind),
    type: text(resource.type),
    provider: text(resource.provider),
    scope: json(resource.scope),
    account: text(resource.account),
    region: text(resource.region),
    tags: json(resource.tags),
    taggable: resource.taggable ? 1 : 0,
    managed_by: jsonOrNull(resource.managedBy),
    created_by: creatorColumn(resource),
    created_at: resource.createdAt ?? null,
    captured_at: resource.capturedAt,
    inventory: resource.inventory,
    partition: text(resource.partition),
    run_number,
  };
}

export function toFleetResource(
  row: SweepTables['live_resource'],
  parents: readonly string[],
): FleetResource {
  return {
    address: row.address,
    kind: row.kind,
    type: row.type,
    provider: row.provider,
    scope: scopeOf(row.scope),
    account: row.account,
    region: row.region,
    tags: tagsOf(row.tags),
    taggable: row.taggable === 1,
    parents,
    managedBy: managerOf(row.managed_by),
    ...madeBy(row.created_by),
    createdAt: orAbsent(row.created_at),
    capturedAt: row.captured_at,
    inventory: row.inventory,
    partition: row.partition,
  };
}
