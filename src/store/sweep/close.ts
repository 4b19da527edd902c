import type { Gone, UnplannedPart } from '../../sweep/store.ts';
import { chunks } from '../columns.ts';
import type { Connection } from '../database.ts';
import { runNumber } from './commit.ts';
import { resolve } from './moves.ts';
import { deleteParents } from './resources.ts';

/** Resources, or findings, that are closed in one transaction. */
const AT_A_TIME = 500;

/** What this run did not see, by the number of runs: clocks of several machines would not agree on "before". */
export async function closeGone(
  transaction: Connection,
  { run, inventory, partition, wanted }: Gone,
  after: string,
  now: string,
): Promise<string | undefined> {
  const rows = await transaction
    .selectFrom('live_resource')
    .select(['address', 'kind'])
    .where('inventory', '=', inventory)
    .where('partition', '=', partition)
    .where('address', '>', after)
    .where('run_number', '<', await runNumber(transaction, run))
    .orderBy('address')
    .limit(AT_A_TIME)
    .execute();
  const gone = rows.filter(({ kind }) => wanted(kind)).map(({ address }) => address);
  for (const chunk of chunks(gone, 1)) {
    const findings = await transaction
      .selectFrom('finding')
      .select('id')
      .where('address', 'in', [...chunk])
      .where('state', '=', 'open')
      .execute();
    const ids = findings.map(({ id }) => id);
    await resolve(transaction, ids, 'gone', { run, now });
    await deleteParents(transaction, chunk);
    await transaction
      .deleteFrom('live_resource')
      .where('address', 'in', [...chunk])
      .execute();
  }
  return rows.length < AT_A_TIME ? undefined : rows.at(-1)?.address;
}

export async function unplanned(
  connection: Connection,
  run: string,
  inventory: string,
): Promise<readonly UnplannedPart[]> {
  const planned = connection
    .selectFrom('sweep_partition')
    .select('key')
    .where('run_id', '=', run)
    .where('inventory', '=', inventory);
  return await connection
    .selectFrom('live_resource')
    .select(['partition', 'account'])
    .distinct()
    .where('inventory', '=', inventory)
    .where('partition', 'not in', planned)
    .orderBy('partition')
    .execute();
}

export async function closeRules(
  transaction: Connection,
  {
    run,
    inventory,
    rules,
  }: { readonly run: string; readonly inventory: string; readonly rules: readonly string[] },
  now: string,
): Promise<boolean> {
  const kept = await transaction
    .selectFrom('finding')
    .select('rule')
    .distinct()
    .where('inventory', '=', inventory)
    .where('state', '=', 'open')
    .execute();
  const gone = kept.map(({ rule }) => rule).filter((rule) => !rules.includes(rule));
  if (gone.length === 0) return false;
  const rows = await transaction
    .selectFrom('finding')
    .select('id')
    .where('inventory', '=', inventory)
    .where('state', '=', 'open')
    .where('rule', 'in', gone)
    .limit(AT_A_TIME)
    .execute();
  await resolve(
    transaction,
    rows.map(({ id }) => id),
    'rule-gone',
    { run, now },
  );
  return rows.length === AT_A_TIME;
}
