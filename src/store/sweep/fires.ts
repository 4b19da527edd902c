import { z } from 'zod';

import { SweepError } from '../../sweep/errors.ts';
import type { FireOutcome, FireRecord, Fires, ScheduleMark } from '../../sweep/fires.ts';
import { iso, orAbsent } from '../columns.ts';
import type { Connection, StoreDatabase } from '../database.ts';
import type { SweepTables } from './tables.ts';

const Outcome = z.enum([
  'ran',
  'caught-up',
  'missed',
  'skipped-overlap',
] as const satisfies readonly FireOutcome[]);

export function firesIn(database: StoreDatabase): Fires {
  return {
    mark: (sweep) => database.read((connection) => markOf(connection, sweep)),
    advance: (mark) => database.write((transaction) => advance(transaction, mark)),
    settle: ({ sweep, fireTime, outcome }) =>
      database.write(async (transaction) => {
        const noted_at = iso(await database.now(transaction));
        const rows = await transaction
          .insertInto('fire')
          .values({ sweep, fire_time: fireTime, outcome, run_id: null, noted_at })
          .onConflict((on) => on.columns(['sweep', 'fire_time']).doNothing())
          .returning('sweep')
          .execute();
        return rows.length > 0;
      }),
    find: (sweep, fireTime) =>
      database.read(async (connection) => {
        const row = await connection
          .selectFrom('fire')
          .selectAll()
          .where('sweep', '=', sweep)
          .where('fire_time', '=', fireTime)
          .executeTakeFirst();
        return row && toFire(row);
      }),
    list: (sweep, limit) =>
      database.read(async (connection) => {
        const rows = await connection
          .selectFrom('fire')
          .selectAll()
          .where('sweep', '=', sweep)
          .orderBy('fire_time', 'desc')
          .limit(limit)
          .execute();
        return rows.map(toFire);
      }),
  };
}

function toFire({ sweep, fire_time, outcome, run_id }: SweepTables['fire']): FireRecord {
  return { sweep, fireTime: fire_time, outcome: Outcome.parse(outcome), run: orAbsent(run_id) };
}

async function markOf(connection: Connection, sweep: string): Promise<ScheduleMark | undefined> {
  const row = await connection
    .selectFrom('schedule_mark')
    .selectAll()
    .where('sweep', '=', sweep)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { expression, timezone, seen_until } = row;
  return { sweep, expression, timezone, seenUntil: seen_until };
}

async function advance(
  transaction: Connection,
  { sweep, expression, timezone, seenUntil }: ScheduleMark,
): Promise<void> {
  await transaction
    .insertInto('schedule_mark')
    .values({ sweep, expression, timezone, seen_until: seenUntil })
    .onConflict((on) =>
      on
        .column('sweep')
        .doUpdateSet({ expression, timezone, seen_until: seenUntil })
        .where((row) =>
          row.or([
            row('schedule_mark.seen_until', '<', seenUntil),
            row('schedule_mark.expression', '!=', expression),
            row('schedule_mark.timezone', '!=', timezone),
          ]),
        ),
    )
    .execute();
}

/**
 * Writes down that a fire led to this run. A word that it was missed or skipped, which another replica was quick to write, is
 * taken back; that it led to another run is not.
 *
 * @throws SweepError SWEEP_FIRED
 */
export async function claimFire(
  transaction: Connection,
  { sweep, fireTime, outcome, run }: FireRecord & { readonly run: string },
  now: string,
): Promise<void> {
  const rows = await transaction
    .insertInto('fire')
    .values({ sweep, fire_time: fireTime, outcome, run_id: run, noted_at: now })
    .onConflict((on) =>
      on
        .columns(['sweep', 'fire_time'])
        .doUpdateSet({ outcome, run_id: run, noted_at: now })
        .where('fire.run_id', 'is', null),
    )
    .returning('sweep')
    .execute();
  if (rows.length > 0) return;
  throw new SweepError('SWEEP_FIRED', `The fire of ${sweep} at ${fireTime} led to a run already.`);
}
