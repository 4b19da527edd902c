import { z } from 'zod';

import { ExemptionDocument } from '../../bindings/exemption.ts';
import { ExemptionError } from '../../exemption/errors.ts';
import { EXEMPTION_STATES } from '../../exemption/store.ts';
import type {
  ExemptionMove,
  ExemptionStore,
  Moved,
  StoredExemption,
} from '../../exemption/store.ts';
import { chunks, fromJson, iso, json, orAbsent, text } from '../columns.ts';
import type { Connection, StoreDatabase } from '../database.ts';
import { housekeepingIn } from './housekeeping.ts';
import type { ExemptionTables } from './tables.ts';

type Row = ExemptionTables['exemption'];
type MoveRow = ExemptionTables['exemption_move'];

const State = z.enum(EXEMPTION_STATES);
const What = z.enum(EXEMPTION_STATES);

/** What ended longer ago is told of nobody any more. */
const ENDED_MS = 30 * 24 * 60 * 60 * 1000;

/** Exemptions as rows, and a number that every change makes higher. */
export function exemptionsIn(database: StoreDatabase): ExemptionStore {
  return {
    pulse: () =>
      database.read(async (connection) => {
        const { value } = await connection
          .selectFrom('counter')
          .select('value')
          .where('name', '=', COUNTER)
          .executeTakeFirstOrThrow();
        return { version: value, now: await database.now(connection) };
      }),
    live: () => database.read((connection) => liveIn(database, connection)),
    create: (document, by) =>
      database.write((transaction) => create(database, transaction, document, by)),
    change: (id, move) => database.write((transaction) => change(database, transaction, id, move)),
    find: (id) => database.read((connection) => find(connection, id)),
    list: (limit) =>
      database.read(async (connection) => {
        const rows = await connection
          .selectFrom('exemption')
          .selectAll()
          .orderBy('requested_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .execute();
        return await withHistory(connection, rows);
      }),
    unrecorded: (limit, id) => database.read((connection) => unrecorded(connection, limit, id)),
    setRecorded: (id, position) =>
      database.write(async (transaction) => {
        await transaction
          .updateTable('exemption_move')
          .set({ recorded: 1 })
          .where('id', '=', id)
          .where('position', '=', position)
          .execute();
        await bump(transaction);
      }),
    ...housekeepingIn(database),
  };
}

const COUNTER = 'exemption';

/** Whoever reads a higher number sees the change: the row is locked until this commits. */
async function bump(transaction: Connection): Promise<void> {
  await transaction
    .updateTable('counter')
    .set(({ eb }) => ({ value: eb('value', '+', 1) }))
    .where('name', '=', COUNTER)
    .execute();
}

async function liveIn(
  database: StoreDatabase,
  connection: Connection,
): Promise<readonly StoredExemption[]> {
  const now = await database.now(connection);
  const rows = await connection
    .selectFrom('exemption')
    .selectAll()
    .where('state', 'in', ['requested', 'approved'])
    .where('ends_at', '>', iso(new Date(now.getTime() - ENDED_MS)))
    .orderBy('id')
    .execute();
  const waiting = new Set(
    (
      await connection
        .selectFrom('exemption_move')
        .select('id')
        .distinct()
        .where('recorded', '=', 0)
        .execute()
    ).map(({ id }) => id),
  );
  const all = await withHistory(connection, rows);
  return all.map((one) =>
    waiting.has(one.document.id) ? { ...one, state: 'requested' as const } : one,
  );
}

async function create(
  database: StoreDatabase,
  transaction: Connection,
  document: ExemptionDocument,
  by: string,
): Promise<StoredExemption> {
  const at = iso(await database.now(transaction));
  const made = await transaction
    .insertInto('exemption')
    .values({
      id: document.id,
      document: text(json(document)),
      state: 'requested',
      requested_by: text(by),
      requested_at: at,
      ends_at: iso(new Date(document.until)),
    })
    .onConflict((on) => on.column('id').doNothing())
    .returning('id')
    .execute();
  if (made.length > 0) {
    await addMove(transaction, document.id, 0, { what: 'requested', actor: by, at });
    await bump(transaction);
  }
  return await findOrThrow(transaction, document.id);
}

async function change(
  database: StoreDatabase,
  transaction: Connection,
  id: string,
  move: (stored: StoredExemption, now: Date) => Moved,
): Promise<StoredExemption> {
  // On SQLite the transaction itself keeps everybody else out.
  if (database.dialect === 'postgresql')
    await transaction
      .selectFrom('exemption')
      .select('id')
      .where('id', '=', id)
      .forUpdate()
      .execute();
  const stored = await findOrThrow(transaction, id);
  const now = await database.now(transaction);
  const moved = move(stored, now);
  if (moved.move === undefined) return stored;
  await addMove(transaction, id, stored.history.length, { ...moved.move, at: iso(now) });
  await transaction
    .updateTable('exemption')
    .set({ state: moved.state })
    .where('id', '=', id)
    .execute();
  await bump(transaction);
  return await findOrThrow(transaction, id);
}

async function addMove(
  transaction: Connection,
  id: string,
  position: number,
  { what, actor, at, note }: ExemptionMove,
): Promise<void> {
  await transaction
    .insertInto('exemption_move')
    .values({
      ...{ id, position, what, at, recorded: 0 },
      actor: text(actor),
      note: note === undefined ? null : text(note),
    })
    .execute();
}

async function find(connection: Connection, id: string): Promise<StoredExemption | undefined> {
  const rows = await connection.selectFrom('exemption').selectAll().where('id', '=', id).execute();
  return (await withHistory(connection, rows))[0];
}

async function findOrThrow(connection: Connection, id: string): Promise<StoredExemption> {
  const found = await find(connection, id);
  if (found !== undefined) return found;
  throw new ExemptionError('EXEMPTION_UNKNOWN', `There is no stored exemption ${id}.`, {
    help: '`portcullis exempt list`, or GET /v1/exemptions, has those that there are. One of a file is changed in its file.',
  });
}

async function withHistory(
  connection: Connection,
  rows: readonly Row[],
): Promise<readonly StoredExemption[]> {
  const history = new Map<string, ExemptionMove[]>(rows.map(({ id }) => [id, []]));
  for (const some of chunks(rows, 1)) {
    const moves = await connection
      .selectFrom('exemption_move')
      .selectAll()
      .where(
        'id',
        'in',
        some.map(({ id }) => id),
      )
      .orderBy('id')
      .orderBy('position')
      .execute();
    for (const move of moves) history.get(move.id)?.push(toMove(move));
  }
  return rows.map((row) => ({
    document: fromJson(ExemptionDocument, row.document, 'an exemption'),
    state: State.parse(row.state),
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    history: history.get(row.id) ?? [],
  }));
}

function toMove({ what, actor, at, note }: Omit<MoveRow, 'id' | 'position' | 'recorded'>) {
  const given = orAbsent(note);
  return { what: What.parse(what), actor, at, ...(given === undefined ? {} : { note: given }) };
}

async function unrecorded(connection: Connection, limit: number, id: string | undefined) {
  const rows = await connection
    .selectFrom('exemption_move')
    .innerJoin('exemption', 'exemption.id', 'exemption_move.id')
    .selectAll('exemption_move')
    .select('exemption.document')
    .where('recorded', '=', 0)
    .$if(id !== undefined, (query) => query.where('exemption_move.id', '=', id ?? ''))
    .orderBy('at')
    .orderBy('exemption_move.id')
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    position: row.position,
    move: toMove(row),
    document: fromJson(ExemptionDocument, row.document, 'an exemption'),
  }));
}
