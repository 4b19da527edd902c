import type { Insertable } from 'kysely';

import type { LedgerEntry } from '../entry.ts';
import { chunks } from './columns.ts';
import type {
  BodyTable,
  IdempotencyTable,
  LedgerDatabase,
  RecordRuleTable,
  RecordTable,
} from './tables.ts';
import { putTiles } from './tree.ts';
import type { NewTile } from './tree.ts';

/** An entry that has its place in the log. */
export interface Placed {
  readonly entry: LedgerEntry;
  readonly sequence: number;
}

/** What one transaction adds to the tables: all of it, or nothing. */
export interface NewRows {
  /** Two records may have one body: the first one stays. */
  readonly bodies: readonly Insertable<BodyTable>[];
  readonly records: readonly Omit<RecordTable, 'body_gone'>[];
  readonly rules: readonly RecordRuleTable[];
  readonly keys: readonly IdempotencyTable[];
  /** A tile that is there was narrower, and is replaced. */
  readonly tiles: readonly NewTile[];
}

export function toRows(placed: readonly Placed[], tiles: readonly NewTile[]): NewRows {
  return {
    bodies: placed.flatMap(({ entry }) => bodiesOf(entry)),
    records: placed.map(toRow),
    rules: placed.flatMap(({ entry, sequence }) => entry.rules.map((rule) => ({ rule, sequence }))),
    keys: placed.flatMap(({ entry: { idempotencyKey: key }, sequence }) =>
      key === null ? [] : [{ key, sequence }],
    ),
    tiles,
  };
}

function bodiesOf({ bodyDigest, body, inputDigest, input }: LedgerEntry) {
  const own = { digest: bodyDigest, json: body };
  if (inputDigest === null || input === null) return [own];
  return [own, { digest: inputDigest, json: input }];
}

/** The columns that are filtered by are an index; what was said word for word stands in the body. */
function toRow({ entry, sequence }: Placed) {
  const { id, time, type, header, decision, point, source, subject, actor } = entry;
  return {
    sequence,
    id,
    time,
    type,
    header,
    body_digest: entry.bodyDigest,
    input_digest: entry.inputDigest,
    decision,
    point,
    source,
    subject,
    actor,
  };
}

/**
 * A row a record, but a statement a table: most of what a statement costs does not grow with its rows. One statement after
 * the other: SQLite may end the transaction by itself at one that fails, and whatever came behind would be done for good.
 */
export async function insertRows(
  transaction: LedgerDatabase,
  { bodies, records, rules, keys, tiles }: NewRows,
): Promise<void> {
  for (const rows of chunks(bodies, 2))
    await transaction
      .insertInto('body')
      .values(rows)
      .onConflict((on) => on.column('digest').doNothing())
      .execute();
  for (const rows of chunks(records, 12))
    await transaction.insertInto('record').values(rows).execute();
  for (const rows of chunks(rules, 2))
    await transaction.insertInto('record_rule').values(rows).execute();
  for (const rows of chunks(keys, 2))
    await transaction.insertInto('idempotency').values(rows).execute();
  await putTiles(transaction, tiles);
}
