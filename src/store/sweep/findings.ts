import { sql } from 'kysely';
import type { Expression, SqlBool } from 'kysely';
import { z } from 'zod';

import { Enforcement, Severity, SEVERITIES } from '../../model/point.ts';
import type {
  Finding,
  FindingChange,
  FindingChangePage,
  FindingFilter,
  FindingPage,
  Findings,
  FindingTotals,
} from '../../sweep/finding.ts';
import { fromJson, orAbsent, text } from '../columns.ts';
import type { Connection, StoreDatabase, StoreDialect } from '../database.ts';
import type { SweepTables } from './tables.ts';
import { madeBy, gateOf, managerOf, scopeOf, tagsOf } from './values.ts';

/** Rules and accounts that are counted by name. */
const MOST_NAMED = 1000;

const State = z.enum(['open', 'resolved']);
const Because = z.enum(['fixed', 'gone', 'rule-gone']);
const Change = z.enum(['opened', 'resolved', 'reopened']);
const Anything = z.unknown();

export function findingsIn(database: StoreDatabase): Findings {
  const { dialect } = database;
  return {
    find: (id) => database.read((connection) => find(connection, id)),
    list: (filter, limit, after) =>
      database.read((connection) => list(connection, dialect, filter, limit, after)),
    totals: (filter) => database.read((connection) => totals(connection, dialect, filter)),
    changes: (run, limit, after = '') =>
      database.read((connection) => changes(connection, run, limit, after)),
  };
}

async function find(connection: Connection, id: string): Promise<Finding | undefined> {
  const row = await connection
    .selectFrom('finding')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toFinding(row);
}

async function list(
  connection: Connection,
  dialect: StoreDialect,
  filter: FindingFilter,
  limit: number,
  after: string | undefined,
): Promise<FindingPage> {
  const from = positionOf(after);
  const rows = await filtered(connection, dialect, filter)
    .selectAll()
    .$if(from !== undefined, (query) =>
      query.where((where) =>
        where.or([
          where('rank', '>', from?.rank ?? 0),
          where.and([where('rank', '=', from?.rank ?? 0), where('id', '>', from?.id ?? '')]),
        ]),
      ),
    )
    .orderBy('rank')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const findings = shown.map(toFinding);
  return rows.length > limit && last !== undefined
    ? { findings, next: `${last.rank}.${last.id}` }
    : { findings };
}

/** A cursor that was not ours begins at the beginning, as none does. */
function positionOf(after: string | undefined): { rank: number; id: string } | undefined {
  const [, rank, id] = /^(\d)\.(sha256:[0-9a-f]{64})$/.exec(after ?? '') ?? [];
  return rank === undefined || id === undefined ? undefined : { rank: Number(rank), id };
}

function filtered(connection: Connection, dialect: StoreDialect, filter: FindingFilter) {
  const { tag, address, since } = filter;
  return connection.selectFrom('finding').where((where) => {
    const conditions: Expression<SqlBool>[] = COMPARED.flatMap((column) => {
      const value = filter[column];
      if (value === undefined) return [];
      return [isGlob(value) ? like(dialect, column, value) : where(column, '=', text(value))];
    });
    if (since !== undefined) conditions.push(where('changed_at', '>=', instant(since)));
    if (tag !== undefined) conditions.push(hasTag(dialect, tag));
    if (address !== undefined) conditions.push(like(dialect, 'address', address));
    return where.and(conditions);
  });
}

const COMPARED = [
  'state',
  'severity',
  'rule',
  'policy',
  'kind',
  'account',
  'region',
  'inventory',
] as const satisfies readonly (keyof FindingFilter & keyof SweepTables['finding'])[];

function instant(time: string): string {
  return new Date(time).toISOString();
}

function hasTag(
  dialect: StoreDialect,
  { key, value }: { readonly key: string; readonly value?: string },
): Expression<SqlBool> {
  if (dialect === 'postgresql') {
    return value === undefined
      ? sql<SqlBool>`finding.tags::jsonb -> 'values' ->> ${text(key)} IS NOT NULL`
      : sql<SqlBool>`finding.tags::jsonb -> 'values' ->> ${text(key)} = ${text(value)}`;
  }
  const same = value === undefined ? sql`` : sql` AND tag.value = ${text(value)}`;
  return sql<SqlBool>`EXISTS (SELECT 1 FROM json_each(finding.tags, '$.values') AS tag WHERE tag.key = ${text(key)}${same})`;
}

/** Whoever asks for `aws.s3.*` by its name would be told that there is nothing, and take it for clean. */
function isGlob(value: string): boolean {
  return /[*?]/.test(value);
}

/** Our globs know `*` and `?` alone; each database has more words for patterns, which must stand for themselves. */
function like(
  dialect: StoreDialect,
  column: (typeof COMPARED)[number] | 'address',
  glob: string,
): Expression<SqlBool> {
  const name = sql.ref(`finding.${column}`);
  if (dialect === 'sqlite') return sql<SqlBool>`${name} GLOB ${text(glob).replaceAll('[', '[[]')}`;
  const pattern = text(glob)
    .replaceAll(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
  return sql<SqlBool>`${name} LIKE ${pattern}`;
}

async function totals(
  connection: Connection,
  dialect: StoreDialect,
  filter: FindingFilter,
): Promise<FindingTotals> {
  const counted = async (column: 'severity' | 'rule' | 'account') => {
    const rows = await filtered(connection, dialect, filter)
      .select((query) => [`${column} as name` as const, query.fn.countAll<number>().as('count')])
      .groupBy(column)
      .orderBy('count', 'desc')
      .orderBy(column)
      .limit(MOST_NAMED)
      .execute();
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  };
  const severities = await counted('severity');
  const bySeverity = { low: 0, medium: 0, high: 0, critical: 0 };
  for (const severity of SEVERITIES) bySeverity[severity] = severities[severity] ?? 0;
  return {
    total: SEVERITIES.reduce((sum, severity) => sum + bySeverity[severity], 0),
    bySeverity,
    byRule: await counted('rule'),
    byAccount: await counted('account'),
  };
}

async function changes(
  connection: Connection,
  run: string,
  limit: number,
  after: string,
): Promise<FindingChangePage> {
  const [, finding = '', change = ''] = /^(sha256:[0-9a-f]{64})\.(\w+)$/.exec(after) ?? [];
  const rows = await connection
    .selectFrom('finding_change')
    .innerJoin('finding', 'finding.id', 'finding_change.finding_id')
    .select([
      'finding_change.finding_id',
      'finding_change.change',
      'finding_change.because',
      'finding_change.time',
      'finding.rule',
      'finding.address',
      'finding.path',
    ])
    .where('finding_change.run_id', '=', run)
    .where((where) =>
      where.or([
        where('finding_change.finding_id', '>', finding),
        where.and([
          where('finding_change.finding_id', '=', finding),
          where('finding_change.change', '>', change),
        ]),
      ]),
    )
    .orderBy('finding_change.finding_id')
    .orderBy('finding_change.change')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit).map((row): FindingChange => ({
    finding: row.finding_id,
    run,
    change: Change.parse(row.change),
    because: row.because === null ? undefined : Because.parse(row.because),
    time: row.time,
    rule: row.rule,
    address: row.address,
    path: row.path,
  }));
  const last = shown.at(-1);
  return rows.length > limit && last !== undefined
    ? { changes: shown, next: `${last.finding}.${last.change}` }
    : { changes: shown };
}

function toFinding(row: SweepTables['finding']): Finding {
  return {
    id: row.id,
    state: State.parse(row.state),
    rule: row.rule,
    policy: row.policy,
    severity: Severity.parse(row.severity),
    enforcement: Enforcement.parse(row.enforcement),
    address: row.address,
    kind: row.kind,
    path: row.path,
    message: row.message,
    expected: fromJson(Anything, row.expected, 'a finding'),
    actual: fromJson(Anything, row.actual, 'a finding'),
    fix: row.fix,
    link: row.link,
    provider: row.provider,
    scope: scopeOf(row.scope),
    account: row.account,
    region: row.region,
    tags: tagsOf(row.tags),
    ...madeBy(row.created_by),
    createdAt: orAbsent(row.created_at),
    managedBy: managerOf(row.managed_by),
    capturedAt: row.captured_at,
    inventory: row.inventory,
    partition: row.partition,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    resolvedAt: orAbsent(row.resolved_at),
    resolved: row.resolved === null ? undefined : Because.parse(row.resolved),
    reopenedAt: orAbsent(row.reopened_at),
    reopened: row.reopened,
    unsureSince: orAbsent(row.unsure_since),
    gate: gateOf(row.gate),
  };
}
