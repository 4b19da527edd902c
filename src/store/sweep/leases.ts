import { SweepError } from '../../sweep/errors.ts';
import type { Fence, Held, Lease, Leases } from '../../sweep/lease.ts';
import type { Connection, StoreDatabase } from '../database.ts';

const NEVER = '0000-01-01T00:00:00.000Z';

/** Leases as rows, by the clock of the database. */
export function leasesIn(database: StoreDatabase): Leases {
  return {
    acquire: (scopes, owner, ttlMs) =>
      database.write((transaction) => acquire(database, transaction, scopes, owner, ttlMs)),
    renew: ({ fences, owner }, ttlMs) =>
      database.write(async (transaction) => {
        for (const fence of fences) await assertFence(database, transaction, fence, 'update');
        await setLease(transaction, fences, owner, await timeAfter(database, transaction, ttlMs));
      }),
    release: ({ fences, owner }) =>
      database.write(async (transaction) => {
        for (const { scope, token } of fences) {
          await transaction
            .updateTable('lease')
            .set({ expires_at: NEVER })
            .where('scope', '=', scope)
            .where('token', '=', token)
            .where('owner', '=', owner)
            .execute();
        }
      }),
    free: (scopes) => database.read((connection) => freeOf(database, connection, scopes)),
  };
}

/** In one order, so that two who want the same scopes never wait for each other. */
async function acquire(
  database: StoreDatabase,
  transaction: Connection,
  wanted: readonly string[],
  owner: string,
  ttlMs: number,
): Promise<Lease | Held> {
  const scopes = [...new Set(wanted)].sort();
  // A row must be there to be locked.
  for (const scope of scopes) {
    await transaction
      .insertInto('lease')
      .values({ scope, token: 0, owner: '', expires_at: NEVER })
      .onConflict((on) => on.column('scope').doNothing())
      .execute();
  }
  const fences: Fence[] = [];
  const now = (await database.now(transaction)).toISOString();
  for (const scope of scopes) {
    const row = await locked(database, transaction, scope, 'update');
    if (row.expires_at > now && row.owner !== owner)
      return { heldBy: row.owner, scope, until: row.expires_at };
    fences.push({ scope, token: row.token + 1 });
  }
  await setLease(transaction, fences, owner, await timeAfter(database, transaction, ttlMs));
  return { owner, fences };
}

async function timeAfter(database: StoreDatabase, transaction: Connection, ttlMs: number) {
  return new Date((await database.now(transaction)).getTime() + ttlMs).toISOString();
}

async function setLease(
  transaction: Connection,
  fences: readonly Fence[],
  owner: string,
  expires_at: string,
): Promise<void> {
  for (const { scope, token } of fences) {
    await transaction
      .updateTable('lease')
      .set({ token, owner, expires_at })
      .where('scope', '=', scope)
      .execute();
  }
}

/**
 * To be called in every transaction that writes for a lease: until it commits, nobody can take the lease over.
 *
 * @throws SweepError SWEEP_FENCED
 */
export async function assertFence(
  database: StoreDatabase,
  transaction: Connection,
  { scope, token }: Fence,
  lock: 'update' | 'share' = 'share',
): Promise<void> {
  const row = await locked(database, transaction, scope, lock);
  if (row.token === token) return;
  throw new SweepError('SWEEP_FENCED', `The lease of ${scope} is held by ${row.owner} by now.`, {
    help: 'Nothing is lost: whoever holds it goes on from what was written last.',
  });
}

/** On SQLite the transaction itself keeps everybody else out. */
async function locked(
  database: StoreDatabase,
  transaction: Connection,
  scope: string,
  lock: 'update' | 'share',
) {
  const query = transaction.selectFrom('lease').selectAll().where('scope', '=', scope);
  const row = await (
    database.dialect === 'sqlite' ? query : lock === 'update' ? query.forUpdate() : query.forShare()
  ).executeTakeFirst();
  return row ?? { scope, token: 0, owner: 'nobody', expires_at: NEVER };
}

async function freeOf(
  database: StoreDatabase,
  connection: Connection,
  scopes: readonly string[],
): Promise<readonly string[]> {
  const now = (await database.now(connection)).toISOString();
  const rows = await connection
    .selectFrom('lease')
    .select('scope')
    .where('scope', 'in', [...scopes])
    .where('expires_at', '>', now)
    .execute();
  const held = new Set(rows.map(({ scope }) => scope));
  return scopes.filter((scope) => !held.has(scope));
}
