import type { SelectQueryBuilder } from 'kysely';
import { z } from 'zod';

import { sha256 } from '../../kit/digest.ts';
import { Decision } from '../../model/decision.ts';
import { LedgerError } from '../errors.ts';
import { EVENT_FAMILIES } from '../ledger.ts';
import type {
  EventFilter,
  EventPage,
  EventType,
  LedgerReader,
  RecordFilter,
  RecordPage,
  StoredEvent,
  StoredRecord,
} from '../ledger.ts';
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
    get: (id) => reading(async () => await first(decisions(database).where('record.id', '=', id))),
    findByIdempotencyKey: (key) =>
      reading(async () => {
        const found = database.selectFrom('idempotency').select('sequence').where('key', '=', key);
        return await first(decisions(database).where('record.sequence', 'in', found));
      }),
    list: (filter) => reading(async () => await page(database, filter)),
    events: (filter) => reading(async () => await eventPage(database, filter)),
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

function decisions(database: LedgerDatabase): RecordQuery {
  return records(database).where('record.type', '=', 'decision');
}

async function first(query: RecordQuery): Promise<StoredRecord | undefined> {
  const rows = await query.limit(1).execute();
  return rows[0] && toStored(rows[0]);
}

async function page(database: LedgerDatabase, filter: RecordFilter): Promise<RecordPage> {
  const rows = await filtered(decisions(database), filter)
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

async function eventPage(database: LedgerDatabase, filter: EventFilter): Promise<EventPage> {
  const { type, subject, since, until, before, limit } = filter;
  const rows = await records(database)
    .where('record.type', '!=', 'decision')
    .$if(type !== undefined, (q) =>
      q.where((where) =>
        where.or([
          where('record.type', '=', type ?? ''),
          // A family, as a range: it can use the index, and no character of it is a wildcard.
          where.and([
            where('record.type', '>=', `${type ?? ''}.`),
            where('record.type', '<', `${type ?? ''}/`),
          ]),
        ]),
      ),
    )
    .$if(subject !== undefined, (q) => q.where('record.subject', '=', subject ?? ''))
    .$if(since !== undefined, (q) => q.where('record.time', '>=', instant(since)))
    .$if(until !== undefined, (q) => q.where('record.time', '<', instant(until)))
    .$if(before !== undefined, (q) => q.where('record.sequence', '<', before ?? 0))
    .orderBy('record.sequence', 'desc')
    .limit(limit + 1)
    .execute();
  const events = rows.slice(0, limit).map(toEvent);
  const last = events.at(-1);
  return rows.length > limit && last !== undefined ? { events, next: last.sequence } : { events };
}

/** Times are stored in UTC with milliseconds, so that they compare as text. */
function instant(time: string | undefined): string {
  return new Date(time ?? 0).toISOString();
}

function toStored({ sequence, id, time, type, digest, json }: Row): StoredRecord {
  const decision = Decision.safeParse(bodyOf(id, digest, json));
  if (!decision.success) throw changed(id);
  return { sequence, id, time, type, decision: decision.data };
}

const EventBody = z.object({
  subject: z.string(),
  actor: z.string().optional(),
  body: z.record(z.string(), z.unknown()),
});

function toEvent({ sequence, id, time, type, digest, json }: Row): StoredEvent {
  const event = EventBody.safeParse(bodyOf(id, digest, json));
  if (!event.success || !isEventType(type)) throw changed(id);
  const { subject, actor, body } = event.data;
  return { sequence, id, time, type, subject, ...(actor === undefined ? {} : { actor }), body };
}

function isEventType(type: string): type is EventType {
  return EVENT_FAMILIES.some((family) => type.startsWith(`${family}.`));
}

/** What was changed behind the ledger's back is refused, not shown. */
function bodyOf(id: string, digest: string, json: string): unknown {
  if (sha256(json) !== digest) throw changed(id);
  return JSON.parse(json);
}

function changed(id: string): LedgerError {
  return new LedgerError('LEDGER_CORRUPT', `The body of record ${id} is not what was written.`, {
    help: 'Restore the ledger from a backup.',
  });
}
