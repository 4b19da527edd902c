import type { GateEntry, GateIndex, GateWord } from '../../sweep/gate-index.ts';
import { chunks, text } from '../columns.ts';
import type { Connection, StoreDatabase } from '../database.ts';

export function gateIndexIn(database: StoreDatabase): GateIndex {
  return {
    note: (entries) => database.write((transaction) => note(transaction, entries)),
    last: (identities) =>
      database.read(async (connection) => (await lastWords(connection, [identities]))[0]),
  };
}

async function note(transaction: Connection, entries: readonly GateEntry[]): Promise<void> {
  const rows = new Map(
    entries.flatMap(({ identities, decision, time, verdict, address }) =>
      identities.map((identity) => [
        text(identity),
        { identity: text(identity), decision, time, verdict, address: text(address) },
      ]),
    ),
  );
  for (const chunk of chunks([...rows.values()], 5)) {
    await transaction
      .insertInto('gate_resource')
      .values([...chunk])
      .onConflict((on) =>
        on.column('identity').doUpdateSet((row) => ({
          decision: row.ref('excluded.decision'),
          time: row.ref('excluded.time'),
          verdict: row.ref('excluded.verdict'),
          address: row.ref('excluded.address'),
        })),
      )
      .execute();
  }
}

/** For each list of identities the word on the first one that has any. */
export async function lastWords(
  connection: Connection,
  sought: readonly (readonly string[])[],
): Promise<readonly (GateWord | undefined)[]> {
  const words = new Map<string, GateWord>();
  for (const chunk of chunks([...new Set(sought.flat().map(text))], 1)) {
    const rows = await connection
      .selectFrom('gate_resource')
      .selectAll()
      .where('identity', 'in', [...chunk])
      .execute();
    for (const { identity, decision, time, verdict, address } of rows) {
      words.set(identity, {
        decision,
        time,
        verdict: verdict === 'deny' ? 'deny' : 'allow',
        address,
      });
    }
  }
  return sought.map((identities) =>
    identities.map((identity) => words.get(text(identity))).find((word) => word !== undefined),
  );
}
