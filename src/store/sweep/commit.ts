import { movesOf } from '../../sweep/findings.ts';
import type { Fence } from '../../sweep/lease.ts';
import type { JudgedGroup, JudgedItem } from '../../sweep/store.ts';
import { iso, text } from '../columns.ts';
import type { Connection, StoreDatabase } from '../database.ts';
import { writeGaps } from './gaps.ts';
import { assertFence } from './leases.ts';
import { applyMoves } from './moves.ts';
import { freshAddresses, writeResources } from './resources.ts';

/** Resources, findings, counters and cursor of what was read together, in one transaction. */
export async function commitGroup(
  database: StoreDatabase,
  group: JudgedGroup,
  fence: Fence,
): Promise<void> {
  const items = group.items.map(cleaned);
  await database.write(async (transaction) => {
    await assertFence(database, transaction, fence);
    const now = iso(await database.now(transaction));
    const number = await runNumber(transaction, group.run);
    const addresses = items.map(({ resource }) => resource.address);
    const fresh = await freshAddresses(transaction, addresses, number);
    await writeResources(
      transaction,
      items.map(({ resource }) => resource),
      number,
    );
    const known = await knownFindings(transaction, addresses);
    const moves = items.map((item) => ({
      item,
      moves: movesOf(known.get(item.resource.address) ?? [], item.observation),
    }));
    await applyMoves(transaction, moves, { run: group.run, now });
    await writeGaps(transaction, group.run, group.gaps);
    await checkpoint(
      transaction,
      group,
      items.filter(({ resource }) => fresh.has(resource.address)),
    );
    await transaction
      .updateTable('sweep_run')
      // It goes forward: interruptions before count no more.
      .set({ updated_at: now, attempts: 1 })
      .where('id', '=', group.run)
      .execute();
  });
}

/** An address is what everything is found by, so it is written the same everywhere. */
function cleaned(item: JudgedItem): JudgedItem {
  const address = text(item.resource.address);
  return {
    ...item,
    resource: { ...item.resource, address },
    observation: { ...item.observation, address },
  };
}

export async function runNumber(transaction: Connection, run: string): Promise<number> {
  const { number } = await transaction
    .selectFrom('sweep_run')
    .select('number')
    .where('id', '=', run)
    .executeTakeFirstOrThrow();
  return number;
}

async function knownFindings(transaction: Connection, addresses: readonly string[]) {
  const rows =
    addresses.length === 0
      ? []
      : await transaction
          .selectFrom('finding')
          .select(['id', 'rule', 'address', 'path', 'state'])
          .where('address', 'in', [...addresses])
          .execute();
  const known = new Map<string, Parameters<typeof movesOf>[0][number][]>();
  for (const { state, ...row } of rows) {
    const finding = { ...row, state: state === 'open' ? ('open' as const) : ('resolved' as const) };
    const list = known.get(row.address);
    if (list === undefined) known.set(row.address, [finding]);
    else list.push(finding);
  }
  return known;
}

/** What was counted in this run before is not counted again: after a crash pages are read again, or overlap. */
async function checkpoint(
  transaction: Connection,
  { run, inventory, partition, next, pages }: JudgedGroup,
  fresh: readonly JudgedItem[],
): Promise<void> {
  const counts = countsOf(fresh);
  await transaction
    .updateTable('sweep_partition')
    .set((row) => ({
      state: 'reading',
      cursor: next ?? null,
      pages: row('pages', '+', pages),
      resources: row('resources', '+', fresh.length),
      judged: row('judged', '+', counts.judged),
      violations: row('violations', '+', counts.violations),
      unknown: row('unknown', '+', counts.unknown),
      failed: row('failed', '+', counts.failed),
    }))
    .where('run_id', '=', run)
    .where('inventory', '=', inventory)
    .where('key', '=', partition)
    .execute();
}

function countsOf(items: readonly JudgedItem[]) {
  const counts = { judged: 0, violations: 0, unknown: 0, failed: 0 };
  for (const { observation } of items) {
    if (observation.counts.judged) counts.judged++;
    counts.violations += observation.sightings.length;
    counts.unknown += observation.counts.unknown;
    counts.failed += observation.counts.failed;
  }
  return counts;
}
