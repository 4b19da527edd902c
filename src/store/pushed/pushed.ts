import type { PushedInventories, PushedSnapshot } from '../../clouds/json-lines/pushed.ts';
import { InventoryLine } from '../../clouds/json-lines/schema.ts';
import type { Connection, StoreDatabase } from '../database.ts';
import { StoreError } from '../errors.ts';

/** A push as it is to be kept. */
export interface Push {
  readonly name: string;
  /** Another one for every push. */
  readonly id: string;
  /** False when it is not everything there is. */
  readonly complete: boolean;
}

/** Pushed inventories, kept. */
export interface PushedStore extends PushedInventories {
  /**
   * Takes the place of the push before once the last line is there: until then, and when the lines end with an error, that one
   * counts. Of two at the same time the one that is there first counts.
   *
   * @throws StoreError STORE_UNAVAILABLE, also when another push came in between.
   */
  readonly replace: (
    push: Push,
    lines: AsyncIterable<InventoryLine>,
  ) => Promise<{ readonly count: number; readonly pushedAt: string }>;
}

/** Lines of one transaction: a push of a million lines must not hold up everybody else. */
const LINES = 500;

export function pushedIn(database: StoreDatabase): PushedStore {
  return {
    snapshot: (name) => snapshot(database, name),
    replace: async (push, lines) => {
      const count = await writeLines(database, push, lines);
      return { count, pushedAt: await turnOver(database, push, count) };
    },
  };
}

async function writeLines(
  database: StoreDatabase,
  push: Push,
  lines: AsyncIterable<InventoryLine>,
): Promise<number> {
  let count = 0;
  let batch: InventoryLine[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < LINES) continue;
    await insert(database, push, batch, count);
    count += batch.length;
    batch = [];
  }
  await insert(database, push, batch, count);
  return count + batch.length;
}

async function insert(
  database: StoreDatabase,
  { name, id }: Push,
  batch: readonly InventoryLine[],
  from: number,
): Promise<void> {
  if (batch.length === 0) return;
  const rows = batch.map((line, index) => ({
    name,
    push: id,
    position: from + index,
    line: JSON.stringify(line),
  }));
  await database.write(async (transaction) => {
    await transaction.insertInto('pushed_line').values(rows).execute();
  });
}

/** Lines of pushes that were given up halfway go too. */
async function turnOver(
  database: StoreDatabase,
  { name, id, complete }: Push,
  count: number,
): Promise<string> {
  return await database.write(async (transaction) => {
    const pushedAt = (await database.now(transaction)).toISOString();
    const row = { name, push: id, pushed_at: pushedAt, count, complete: complete ? 1 : 0 };
    await transaction
      .insertInto('pushed_inventory')
      .values(row)
      .onConflict((on) => on.column('name').doUpdateSet(row))
      .execute();
    await requireAll(transaction, { name, id }, count);
    await transaction
      .deleteFrom('pushed_line')
      .where('name', '=', name)
      .where('push', '!=', id)
      .execute();
    return pushedAt;
  });
}

/**
 * Another push that ended while this one was on its way took its lines for leftovers. Half an inventory must never stand as a whole
 * one: what it lacks would count as gone.
 */
async function requireAll(
  transaction: Connection,
  { name, id }: Pick<Push, 'name' | 'id'>,
  count: number,
): Promise<void> {
  const { lines } = await transaction
    .selectFrom('pushed_line')
    .select(({ fn }) => fn.countAll().as('lines'))
    .where('name', '=', name)
    .where('push', '=', id)
    .executeTakeFirstOrThrow();
  if (Number(lines) === count) return;
  throw new StoreError(
    'STORE_UNAVAILABLE',
    `another push to the inventory ${name} came in between`,
    {
      help: 'Push it again.',
    },
  );
}

async function snapshot(
  database: StoreDatabase,
  name: string,
): Promise<PushedSnapshot | undefined> {
  const head = await database.read((connection) =>
    connection
      .selectFrom('pushed_inventory')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirst(),
  );
  if (head === undefined) return undefined;
  return {
    id: head.push,
    pushedAt: head.pushed_at,
    count: head.count,
    complete: head.complete === 1,
    lines: (after, limit) => linesOf(database, name, head.push, after, limit),
  };
}

async function linesOf(
  database: StoreDatabase,
  name: string,
  push: string,
  after: number,
  limit: number,
): Promise<readonly InventoryLine[]> {
  const rows = await database.read((connection) =>
    connection
      .selectFrom('pushed_line')
      .select('line')
      .where('name', '=', name)
      .where('push', '=', push)
      .where('position', '>=', after)
      .orderBy('position')
      .limit(limit)
      .execute(),
  );
  return rows.map(({ line }) => {
    const parsed = InventoryLine.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    throw new StoreError('STORE_CORRUPT', `a line of the inventory ${name} is not what was pushed`);
  });
}
