import { assertNever } from '../../kit/assert-never.ts';
import { SEVERITIES } from '../../model/point.ts';
import type { FindingChange, ResolvedBecause } from '../../sweep/finding.ts';
import type { FindingMove, Sighting } from '../../sweep/findings.ts';
import type { GateWord } from '../../sweep/gate-index.ts';
import type { JudgedItem } from '../../sweep/store.ts';
import { chunks, json, jsonOrNull, text } from '../columns.ts';
import type { Connection } from '../database.ts';
import { lastWords } from './gate-index.ts';
import type { SweepTables } from './tables.ts';
import { creatorColumn } from './values.ts';

/** What becomes of the findings of one resource. */
export interface ItemMoves {
  readonly item: JudgedItem;
  readonly moves: readonly FindingMove[];
}

type FindingRow = SweepTables['finding'];

const COLUMNS = 36;

/** When, and in which run, findings change. */
export interface Occasion {
  readonly run: string;
  readonly now: string;
}

/** Writes what became of findings, kind of move by kind of move: a statement a finding would be most of a sweep's time. */
export async function applyMoves(
  transaction: Connection,
  all: readonly ItemMoves[],
  occasion: Occasion,
): Promise<void> {
  const sorted = sortMoves(all);
  const words = await lastWords(
    transaction,
    sorted.opened.map(({ item }) => item.identities),
  );
  await writeSightings(transaction, [
    ...sorted.opened.map(({ item, sighting }, i) => toRow(item, sighting, occasion, words[i])),
    ...sorted.seen.map(({ item, sighting }) => toRow(item, sighting, occasion, undefined)),
  ]);
  await reopen(transaction, sorted.reopened, occasion);
  await resolve(transaction, sorted.fixed, 'fixed', occasion);
  await resolve(transaction, sorted.ruleGone, 'rule-gone', occasion);
  await doubt(transaction, sorted.doubted, occasion);
  const opened = sorted.opened.map(({ sighting }) => sighting.id);
  await writeChanges(transaction, opened, 'opened', undefined, occasion);
}

interface Seen {
  readonly item: JudgedItem;
  readonly sighting: Sighting;
}

function sortMoves(all: readonly ItemMoves[]) {
  const opened: Seen[] = [];
  const seen: Seen[] = [];
  const ids = { reopened: [] as string[], fixed: [] as string[], ruleGone: [] as string[] };
  const doubted: string[] = [];
  for (const { item, moves } of all) {
    for (const move of moves) {
      switch (move.move) {
        case 'open':
          opened.push({ item, sighting: move.sighting });
          break;
        case 'reopen':
          ids.reopened.push(move.sighting.id);
          seen.push({ item, sighting: move.sighting });
          break;
        case 'see':
          seen.push({ item, sighting: move.sighting });
          break;
        case 'doubt':
          doubted.push(move.id);
          break;
        case 'resolve':
          (move.because === 'fixed' ? ids.fixed : ids.ruleGone).push(move.id);
          break;
        default:
          assertNever(move, 'move');
      }
    }
  }
  return { opened, seen, doubted, ...ids };
}

/** State and history of a finding that is there already are left to the other moves. */
async function writeSightings(transaction: Connection, rows: readonly FindingRow[]): Promise<void> {
  for (const chunk of chunks(rows, COLUMNS)) {
    await transaction
      .insertInto('finding')
      .values([...chunk])
      .onConflict((on) =>
        on.column('id').doUpdateSet((row) => ({
          rank: row.ref('excluded.rank'),
          policy: row.ref('excluded.policy'),
          severity: row.ref('excluded.severity'),
          enforcement: row.ref('excluded.enforcement'),
          kind: row.ref('excluded.kind'),
          message: row.ref('excluded.message'),
          expected: row.ref('excluded.expected'),
          actual: row.ref('excluded.actual'),
          fix: row.ref('excluded.fix'),
          link: row.ref('excluded.link'),
          scope: row.ref('excluded.scope'),
          account: row.ref('excluded.account'),
          region: row.ref('excluded.region'),
          tags: row.ref('excluded.tags'),
          created_by: row.ref('excluded.created_by'),
          created_at: row.ref('excluded.created_at'),
          managed_by: row.ref('excluded.managed_by'),
          captured_at: row.ref('excluded.captured_at'),
          inventory: row.ref('excluded.inventory'),
          partition: row.ref('excluded.partition'),
          last_seen: row.ref('excluded.last_seen'),
          unsure_since: null,
        })),
      )
      .execute();
  }
}

async function reopen(
  transaction: Connection,
  ids: readonly string[],
  occasion: Occasion,
): Promise<void> {
  for (const chunk of chunks(ids, 1)) {
    await transaction
      .updateTable('finding')
      .set((row) => ({
        state: 'open',
        reopened: row('reopened', '+', 1),
        reopened_at: occasion.now,
        changed_at: occasion.now,
        resolved: null,
        resolved_at: null,
      }))
      .where('id', 'in', [...chunk])
      .execute();
  }
  await writeChanges(transaction, ids, 'reopened', undefined, occasion);
}

export async function resolve(
  transaction: Connection,
  ids: readonly string[],
  because: ResolvedBecause,
  occasion: Occasion,
): Promise<void> {
  for (const chunk of chunks(ids, 1)) {
    await transaction
      .updateTable('finding')
      .set({
        state: 'resolved',
        resolved: because,
        resolved_at: occasion.now,
        changed_at: occasion.now,
        unsure_since: null,
      })
      .where('id', 'in', [...chunk])
      .execute();
  }
  await writeChanges(transaction, ids, 'resolved', because, occasion);
}

async function doubt(
  transaction: Connection,
  ids: readonly string[],
  { now }: Occasion,
): Promise<void> {
  for (const chunk of chunks(ids, 1)) {
    await transaction
      .updateTable('finding')
      .set({ unsure_since: now })
      .where('id', 'in', [...chunk])
      .where('unsure_since', 'is', null)
      .execute();
  }
}

async function writeChanges(
  transaction: Connection,
  ids: readonly string[],
  change: FindingChange['change'],
  because: ResolvedBecause | undefined,
  { run, now }: Occasion,
): Promise<void> {
  for (const chunk of chunks(ids, 5)) {
    await transaction
      .insertInto('finding_change')
      .values(
        chunk.map((id) => ({
          run_id: run,
          finding_id: id,
          change,
          because: because ?? null,
          time: now,
        })),
      )
      .onConflict((on) => on.columns(['run_id', 'finding_id', 'change']).doNothing())
      .execute();
  }
}

function toRow(
  { resource }: JudgedItem,
  sighting: Sighting,
  { now }: Occasion,
  gate: GateWord | undefined,
): FindingRow {
  return {
    id: sighting.id,
    state: 'open',
    // The worst first.
    rank: SEVERITIES.length - SEVERITIES.indexOf(sighting.severity),
    rule: sighting.rule,
    policy: sighting.policy,
    severity: sighting.severity,
    enforcement: sighting.enforcement,
    address: resource.address,
    kind: text(resource.kind),
    path: text(sighting.path),
    message: text(sighting.message),
    expected: json(sighting.expected),
    actual: json(sighting.actual),
    fix: text(sighting.fix),
    link: sighting.link,
    provider: text(resource.provider),
    scope: json(resource.scope),
    account: text(resource.account),
    region: text(resource.region),
    tags: json(resource.tags),
    created_by: creatorColumn(resource),
    created_at: resource.createdAt ?? null,
    managed_by: jsonOrNull(resource.managedBy),
    captured_at: resource.capturedAt,
    inventory: resource.inventory,
    partition: text(resource.partition),
    first_seen: now,
    last_seen: now,
    changed_at: now,
    resolved_at: null,
    resolved: null,
    reopened_at: null,
    reopened: 0,
    unsure_since: null,
    gate: jsonOrNull(gate),
  };
}
