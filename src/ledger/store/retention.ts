import type { ExpressionBuilder, SelectQueryBuilder } from 'kysely';

import type { LedgerEntry } from '../entry.ts';
import { LedgerError } from '../errors.ts';
import { text } from './columns.ts';
import type { LedgerDatabase, Tables } from './tables.ts';
import { writeEntries } from './write.ts';

/** Bodies that one transaction drops, so that nobody who appends waits long behind it. */
export const DROP_STEP = 200;

/** Records whose bodies stay, whatever their age: those that all of what it says is true of. */
export interface LegalHold {
  readonly id?: string | undefined;
  /** Who asked for a decision, or what an event is about. */
  readonly subject?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

export interface Drop {
  /** Bodies of decisions with what was judged, or what was judged alone. */
  readonly what: 'decisions' | 'inputs';
  /** A time in UTC with milliseconds. */
  readonly before: string;
  readonly holds: readonly LegalHold[];
}

type Records<Row = { sequence: number; body: string; input: string | null }> = SelectQueryBuilder<
  Tables,
  'record',
  Row
>;

/**
 * Drops what is older than it may be, some at a time: the oldest first. Headers stay, and the tree over them.
 *
 * @returns how many; fewer than {@link DROP_STEP} when nothing is left to drop.
 */
export async function dropOld(
  transaction: LedgerDatabase,
  { what, before, holds }: Drop,
): Promise<number> {
  const old = await heldBack(kept(transaction, what), holds)
    .where('record.time', '<', before)
    .orderBy('record.time')
    .limit(DROP_STEP)
    .execute();
  const sequences = old.map(({ sequence }) => sequence);
  const inputs = old.flatMap(({ input }) => (input === null ? [] : [input]));
  if (sequences.length === 0) return 0;
  if (what === 'decisions')
    await dropBodies(
      transaction,
      sequences,
      old.map(({ body }) => body),
      'aged',
    );
  await dropInputs(transaction, sequences, inputs);
  return old.length;
}

function kept(transaction: LedgerDatabase, what: Drop['what']): Records {
  const records = transaction
    .selectFrom('record')
    .select(['record.sequence', 'record.body_digest as body', 'record.input_digest as input']);
  return what === 'inputs'
    ? records.where('record.input_digest', 'is not', null)
    : records.where('record.type', '=', 'decision').where('record.body_gone', 'is', null);
}

function heldBack<Row>(records: Records<Row>, holds: readonly LegalHold[]): Records<Row> {
  return holds.reduce(
    (left, { id, subject, since, until }) =>
      left.where((where) =>
        where.or([
          ...(id === undefined ? [] : [where('record.id', '!=', text(id))]),
          ...(subject === undefined ? [] : [isNotOf(where, text(subject))]),
          ...(since === undefined ? [] : [where('record.time', '<', since)]),
          ...(until === undefined ? [] : [where('record.time', '>=', until)]),
        ]),
      ),
    records,
  );
}

function isNotOf(where: ExpressionBuilder<Tables, 'record'>, subject: string) {
  return where.and([
    where('record.subject', '!=', subject),
    where.or([where('record.actor', 'is', null), where('record.actor', '!=', subject)]),
  ]);
}

async function dropBodies(
  transaction: LedgerDatabase,
  sequences: readonly number[],
  digests: readonly string[],
  why: 'aged' | 'erased',
): Promise<void> {
  await transaction
    .updateTable('record')
    .set({ body_gone: why })
    .where('sequence', 'in', sequences)
    .execute();
  await transaction.deleteFrom('body').where('digest', 'in', digests).execute();
}

/** What was judged may be that of a younger decision too; then it stays for that one. */
async function dropInputs(
  transaction: LedgerDatabase,
  sequences: readonly number[],
  digests: readonly string[],
): Promise<void> {
  if (digests.length === 0) return;
  await transaction
    .updateTable('record')
    .set({ input_digest: null })
    .where('sequence', 'in', sequences)
    .execute();
  await deleteUnused(transaction, digests);
}

async function deleteUnused(
  transaction: LedgerDatabase,
  digests: readonly string[],
): Promise<void> {
  await transaction
    .deleteFrom('body')
    .where('digest', 'in', digests)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('record')
            .select('record.sequence')
            .whereRef('record.input_digest', '=', 'body.digest'),
        ),
      ),
    )
    .execute();
}

/** What an operator asked to erase, and the record of it: of what kind the record is, only the ledger knows. */
export interface Erasure {
  readonly id: string;
  readonly entry: (type: string) => LedgerEntry;
  readonly holds: readonly LegalHold[];
}

/**
 * Drops the body of one record, what was judged, and what lists find it by, and writes down who wanted it and why: both or
 * neither. A text that several records share is gone for all of them: erased is erased.
 *
 * @throws LedgerError LEDGER_CONFLICT when there is no such record, it has no body any more, or it must be kept.
 */
export async function eraseBody(
  transaction: LedgerDatabase,
  { id, entry, holds }: Erasure,
): Promise<void> {
  const rows = await withBody(transaction).where('record.id', '=', text(id)).execute();
  const record = rows[0];
  if (record === undefined)
    throw new LedgerError('LEDGER_CONFLICT', `There is no record ${id} with a body.`, {
      help: 'It was erased before or aged out, or the id is another: portcullis audit list and GET /v1/events show them.',
    });
  const { type, body, input } = record;
  if (type.startsWith('ledger.'))
    throw new LedgerError('LEDGER_CONFLICT', `Record ${id} (${type}) cannot be erased.`, {
      help: 'What was done to the ledger itself, and who erased what and why, stays.',
    });
  const same = withBody(transaction).where('record.body_digest', '=', body);
  const all = await same.execute();
  if ((await heldBack(same, holds).execute()).length < all.length)
    throw new LedgerError('LEDGER_CONFLICT', `Record ${id} is under a legal hold.`, {
      help: 'See ledger.retention.holds in the configuration.',
    });
  await eraseAll(
    transaction,
    all.map(({ sequence }) => sequence),
    body,
  );
  if (input !== null) await eraseInput(transaction, input);
  await writeEntries(transaction, [entry(type)]);
}

function withBody(transaction: LedgerDatabase) {
  return transaction
    .selectFrom('record')
    .select(['record.sequence', 'record.type'])
    .select(['record.body_digest as body', 'record.input_digest as input'])
    .where('record.body_gone', 'is', null);
}

/** Columns that lists filter by repeat what the body says; of what ages out they may. */
async function eraseAll(
  transaction: LedgerDatabase,
  sequences: readonly number[],
  body: string,
): Promise<void> {
  await dropBodies(transaction, sequences, [body], 'erased');
  await transaction
    .updateTable('record')
    .set({ actor: null, subject: '', source: '' })
    .where('sequence', 'in', sequences)
    .execute();
}

/** For every decision that judged the same. */
async function eraseInput(transaction: LedgerDatabase, input: string): Promise<void> {
  await transaction
    .updateTable('record')
    .set({ input_digest: null })
    .where('input_digest', '=', input)
    .execute();
  await deleteUnused(transaction, [input]);
}
