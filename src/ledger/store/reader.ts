import type { SelectQueryBuilder } from 'kysely';
import { z } from 'zod';

import { Decision } from '../../model/decision.ts';
import { EVENT_FAMILIES } from '../ledger.ts';
import type {
  EventFilter,
  EventPage,
  EventType,
  GoneEvent,
  GoneRecord,
  LedgerReader,
  RecordFilter,
  RecordPage,
  StoredEvent,
  StoredHeader,
  StoredRecord,
} from '../ledger.ts';
import { text } from './columns.ts';
import { wrapped } from './errors.ts';
import type { LedgerDatabase, Tables } from './tables.ts';
import { changed, underDigest, vouchedFor } from './vouch.ts';
import { recordCount } from './write.ts';

/** A record joined with its body, as a query gives it. */
interface Row {
  readonly sequence: number;
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly header: string;
  readonly gone: string | null;
  /** Null when there is no body. */
  readonly json: string | null;
}

/** As a left join sees them. */
type Nullable = Omit<Tables, 'body'> & {
  readonly body: { readonly digest: string | null; readonly json: string | null };
};

type RecordQuery = SelectQueryBuilder<Nullable, 'record' | 'body', Row>;

/** Reads over a connection of its own; it sees a record as soon as it is durable. */
export function ledgerReader(database: LedgerDatabase): LedgerReader {
  return {
    get: (id) =>
      reading(async () => await first(decisions(database).where('record.id', '=', text(id)))),
    input: (id) => reading(async () => await input(database, id)),
    findByIdempotencyKey: (key) =>
      reading(async () => {
        const found = database
          .selectFrom('idempotency')
          .select('sequence')
          .where('key', '=', text(key));
        return await first(decisions(database).where('record.sequence', 'in', found));
      }),
    list: (filter) => reading(async () => await page(database, filter)),
    events: (filter) => reading(async () => await eventPage(database, filter)),
    size: () => reading(async () => await recordCount(database)),
    headers: (from, limit) => reading(async () => await headers(database, from, limit)),
    close: async () => await database.destroy(),
  };
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
  return await wrapped(read, 'The ledger cannot be read');
}

function records(database: LedgerDatabase): RecordQuery {
  return database
    .selectFrom('record')
    .leftJoin('body', 'body.digest', 'record.body_digest')
    .select([
      'record.sequence',
      'record.id',
      'record.time',
      'record.type',
      'record.header',
      'record.body_gone as gone',
      'body.json',
    ]);
}

function decisions(database: LedgerDatabase): RecordQuery {
  return records(database).where('record.type', '=', 'decision');
}

async function first(query: RecordQuery): Promise<StoredRecord | GoneRecord | undefined> {
  const rows = await query.limit(1).execute();
  return rows[0] && toStored(rows[0]);
}

async function input(database: LedgerDatabase, id: string): Promise<string | undefined> {
  const rows = await database
    .selectFrom('record')
    .innerJoin('body', 'body.digest', 'record.input_digest')
    .select(['record.id', 'record.time', 'record.type', 'record.header', 'body.json'])
    .where('record.id', '=', text(id))
    .execute();
  const found = rows[0];
  return found && underDigest(id, vouchedFor(found).input, found.json);
}

async function page(database: LedgerDatabase, filter: RecordFilter): Promise<RecordPage> {
  const rows = await filtered(decisions(database), filter)
    .orderBy('record.sequence', 'desc')
    .limit(filter.limit + 1)
    .execute();
  const shown = rows.slice(0, filter.limit).map(toStored);
  const last = shown.at(-1);
  const records = shown.filter((record) => record.decision !== undefined);
  const gone = shown.filter((record) => record.decision === undefined);
  return {
    records,
    ...(gone.length === 0 ? {} : { gone }),
    ...(rows.length > filter.limit && last !== undefined ? { next: last.sequence } : {}),
  };
}

function filtered(query: RecordQuery, filter: RecordFilter): RecordQuery {
  const { decision, point, source, actor, rule, since, until, before } = filter;
  return query
    .$if(decision !== undefined, (q) => q.where('record.decision', '=', decision ?? ''))
    .$if(point !== undefined, (q) => q.where('record.point', '=', point ?? ''))
    .$if(source !== undefined, (q) => q.where('record.source', '=', text(source ?? '')))
    .$if(actor !== undefined, (q) => q.where('record.actor', '=', text(actor ?? '')))
    .$if(since !== undefined, (q) => q.where('record.time', '>=', instant(since)))
    .$if(until !== undefined, (q) => q.where('record.time', '<', instant(until)))
    .$if(before !== undefined, (q) => q.where('record.sequence', '<', before ?? 0))
    .$if(rule !== undefined, (q) =>
      q.where('record.sequence', 'in', (from) =>
        from
          .selectFrom('record_rule')
          .select('record_rule.sequence')
          .where('record_rule.rule', '=', text(rule ?? '')),
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
          where('record.type', '=', text(type ?? '')),
          // A family, as a range: it can use the index, and no character of it is a wildcard.
          where.and([
            where('record.type', '>=', `${text(type ?? '')}.`),
            where('record.type', '<', `${text(type ?? '')}/`),
          ]),
        ]),
      ),
    )
    .$if(subject !== undefined, (q) => q.where('record.subject', '=', text(subject ?? '')))
    .$if(since !== undefined, (q) => q.where('record.time', '>=', instant(since)))
    .$if(until !== undefined, (q) => q.where('record.time', '<', instant(until)))
    .$if(before !== undefined, (q) => q.where('record.sequence', '<', before ?? 0))
    .orderBy('record.sequence', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const gone = shown.filter(isGone).map(toGoneEvent);
  return {
    events: shown.filter((row) => !isGone(row)).map(toEvent),
    ...(gone.length === 0 ? {} : { gone }),
    ...(rows.length > limit && last !== undefined ? { next: last.sequence } : {}),
  };
}

/** Headers alone: they are never dropped. */
export async function headers(
  database: LedgerDatabase,
  from: number,
  limit: number,
): Promise<readonly StoredHeader[]> {
  return await database
    .selectFrom('record')
    .select(['sequence', 'header'])
    .where('sequence', '>=', from)
    .orderBy('sequence')
    .limit(limit)
    .execute();
}

/** Times are stored in UTC with milliseconds, so that they compare as text. */
function instant(time: string | undefined): string {
  return new Date(time ?? 0).toISOString();
}

/** A body that was dropped by rule or on demand says so in its record; one that is merely missing was taken. */
function isGone({ json, gone }: Row): boolean {
  return json === null && gone !== null;
}

function toStored(row: Row): StoredRecord | GoneRecord {
  const { sequence, id, time, type } = row;
  if (isGone(row)) return { sequence, id, time, type };
  const decision = Decision.safeParse(bodyOf(row));
  if (!decision.success) throw changed(id);
  return { sequence, id, time, type, decision: decision.data };
}

const EventBody = z.object({
  subject: z.string(),
  actor: z.string().optional(),
  body: z.record(z.string(), z.unknown()),
});

function toEvent(row: Row): StoredEvent {
  const { sequence, id, time, type } = row;
  const event = EventBody.safeParse(bodyOf(row));
  if (!event.success) throw changed(id);
  const { subject, actor, body } = event.data;
  const known = { sequence, id, time, type: eventType(id, type) };
  return { ...known, subject, ...(actor === undefined ? {} : { actor }), body };
}

function toGoneEvent({ sequence, id, time, type }: Row): GoneEvent {
  return { sequence, id, time, type: eventType(id, type) };
}

function eventType(id: string, type: string): EventType {
  if (isEventType(type)) return type;
  throw changed(id);
}

function isEventType(type: string): type is EventType {
  return EVENT_FAMILIES.some((family) => type.startsWith(`${family}.`));
}

function bodyOf(row: Row): unknown {
  return JSON.parse(underDigest(row.id, vouchedFor(row).body, row.json));
}
