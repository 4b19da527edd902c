import type { SelectQueryBuilder } from 'kysely';

import { sha256 } from '../../kit/digest.ts';
import { Decision } from '../../model/decision.ts';
import { LedgerError } from '../errors.ts';
import type { LedgerReader, RecordFilter, RecordPage, StoredRecord } from '../ledger.ts';
import { toLedgerError } from './connection.ts';
import type { LedgerDatabase, Tables } from './tables.ts';

/** A record joined with its body, as a query gives it. */
interface Row {
  readonly sequence: number;
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly digest: string;
  readonly json: string;
}

type RecordQuery = SelectQueryBuilder<Tables, 'record' | 'body', Row>;

/** Reads over a connection of its own; it sees a record as soon as it is durable. */
export function ledgerReader(database: LedgerDatabase): LedgerReader {
  return {
    get: (id) => reading(async () => await first(records(database).where('record.id', '=', id))),
    findByIdempotencyKey: (key) =>
      reading(async () => {
        const found = database.selectFrom('idempotency').select('sequence').where('key', '=', key);
        return await first(records(database).where('record.sequence', 'in', found));
      }),
    list: (filter) => reading(async () => await page(database, filter)),
    close: async () => await database.destroy(),
  };
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw toLedgerError(error, 'The ledger cannot be read');
  }
}

function records(database: LedgerDatabase): RecordQuery {
  return database
    .selectFrom('record')
    .innerJoin('body', 'body.digest', 'record.body_digest')
    .select([
      'record.sequence',
      'record.id',
      'record.time',
      'record.type',
      'body.digest',
      'body.json',
    ]);
}

async function first(query: RecordQuery): Promise<StoredRecord | undefined> {
  const rows = await query.limit(1).execute();
  return rows[0] && toStored(rows[0]);
}

async function page(database: LedgerDatabase, filter: RecordFilter): Promise<RecordPage> {
  const rows = await filtered(records(database), filter)
    .orderBy('record.sequence', 'desc')
    .limit(filter.limit + 1)
    .execute();
  const shown = rows.slice(0, filter.limit).map(toStored);
  const last = shown.at(-1);
  return rows.length > filter.limit && last !== undefined
    ? { records: shown, next: last.sequence }
    : { records: shown };
}

function filtered(query: RecordQuery, filter: RecordFilter): RecordQuery {
  const { decision, point, source, actor, rule, since, until, before } = filter;
  return query
    .$if(decision !== undefined, (q) => q.where('record.decision', '=', decision ?? ''))
    .$if(point !== undefined, (q) => q.where('record.point', '=', point ?? ''))
    .$if(source !== undefined, (q) => q.where('record.source', '=', source ?? ''))
    .$if(actor !== undefined, (q) => q.where('record.actor', '=', actor ?? ''))
    .$if(since !== undefined, (q) => q.where('record.time', '>=', instant(since)))
    .$if(until !== undefined, (q) => q.where('record.time', '<', instant(until)))
    .$if(before !== undefined, (q) => q.where('record.sequence', '<', before ?? 0))
    .$if(rule !== undefined, (q) =>
      q.where('record.sequence', 'in', (from) =>
        from
          .selectFrom('record_rule')
          .select('record_rule.sequence')
          .where('record_rule.rule', '=', rule ?? ''),
      ),
    );
}

/** Times are stored in UTC with milliseconds, so that they compare as text. */
function instant(time: string | undefined): string {
  return new Date(time ?? 0).toISOString();
}

function toStored({ sequence, id, time, type, digest, json }: Row): StoredRecord {
  const decision = sha256(json) === digest ? Decision.safeParse(JSON.parse(json)).data : undefined;
  if (decision === undefined) {
    throw new LedgerError('LEDGER_CORRUPT', `The body of record ${id} is not what was written.`, {
      help: 'Restore the ledger from a backup.',
    });
  }
  return { sequence, id, time, type, decision };
}
