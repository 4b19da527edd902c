import type { Fleet, FleetFilter, FleetPage, FleetResource } from '../../sweep/fleet.ts';
import { chunks, text } from '../columns.ts';
import type { Connection, StoreDatabase } from '../database.ts';
import { toFleetResource } from './resources.ts';
import type { SweepTables } from './tables.ts';

type Row = SweepTables['live_resource'];

export function fleetIn(database: StoreDatabase): Fleet {
  return {
    find: (address) =>
      database.read(async (connection) => (await findAll(connection, [address]))[0]),
    findAll: (addresses) => database.read((connection) => findAll(connection, addresses)),
    inside: (parent, limit, after = '') =>
      database.read((connection) => inside(connection, parent, limit, after)),
    list: (filter, limit, after = '') =>
      database.read((connection) => list(connection, filter, limit, after)),
    count: (filter) => database.read((connection) => count(connection, filter)),
  };
}

async function findAll(
  connection: Connection,
  addresses: readonly string[],
): Promise<FleetResource[]> {
  const rows: Row[] = [];
  for (const chunk of chunks([...new Set(addresses.map(text))], 1)) {
    rows.push(
      ...(await connection
        .selectFrom('live_resource')
        .selectAll()
        .where('address', 'in', [...chunk])
        .execute()),
    );
  }
  return await withParents(connection, rows);
}

async function inside(
  connection: Connection,
  parent: string,
  limit: number,
  after: string,
): Promise<FleetPage> {
  const children = connection
    .selectFrom('live_parent')
    .select('address')
    .where('parent', '=', text(parent));
  const rows = await connection
    .selectFrom('live_resource')
    .selectAll()
    .where('address', 'in', children)
    .where('address', '>', after)
    .orderBy('address')
    .limit(limit + 1)
    .execute();
  return await page(connection, rows, limit);
}

async function list(
  connection: Connection,
  filter: FleetFilter,
  limit: number,
  after: string,
): Promise<FleetPage> {
  const rows = await filtered(connection, filter)
    .selectAll()
    .where('address', '>', after)
    .orderBy('address')
    .limit(limit + 1)
    .execute();
  return await page(connection, rows, limit);
}

async function count(connection: Connection, filter: FleetFilter): Promise<number> {
  const row = await filtered(connection, filter)
    .select((query) => query.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return row?.count ?? 0;
}

function filtered(connection: Connection, filter: FleetFilter) {
  const { inventory, account, region, kind } = filter;
  return connection
    .selectFrom('live_resource')
    .$if(inventory !== undefined, (query) => query.where('inventory', '=', inventory ?? ''))
    .$if(account !== undefined, (query) => query.where('account', '=', account ?? ''))
    .$if(region !== undefined, (query) => query.where('region', '=', region ?? ''))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''));
}

async function page(
  connection: Connection,
  rows: readonly Row[],
  limit: number,
): Promise<FleetPage> {
  const resources = await withParents(connection, rows.slice(0, limit));
  const last = resources.at(-1);
  return rows.length > limit && last !== undefined
    ? { resources, next: last.address }
    : { resources };
}

async function withParents(connection: Connection, rows: readonly Row[]): Promise<FleetResource[]> {
  const parents = new Map<string, string[]>(rows.map(({ address }) => [address, []]));
  for (const chunk of chunks([...parents.keys()], 1)) {
    const found = await connection
      .selectFrom('live_parent')
      .select(['address', 'parent'])
      .where('address', 'in', [...chunk])
      .orderBy('address')
      .orderBy('ordinal')
      .execute();
    for (const { address, parent } of found) parents.get(address)?.push(parent);
  }
  return rows.map((row) => toFleetResource(row, parents.get(row.address) ?? []));
}
