import type { StoreDatabase, StoreOutside } from './database.ts';
import type { ExemptionStore } from '../exemption/store.ts';
import type { RepairJournal } from '../repair/journal.ts';
import type { Findings } from '../sweep/finding.ts';
import type { Fires } from '../sweep/fires.ts';
import type { Fleet } from '../sweep/fleet.ts';
import type { GateIndex } from '../sweep/gate-index.ts';
import type { Leases } from '../sweep/lease.ts';
import type { SweepStore } from '../sweep/store.ts';
import { exemptionsIn } from './exemption/exemptions.ts';
import { migrate } from './migrate.ts';
import { pushedIn } from './pushed/pushed.ts';
import type { PushedStore } from './pushed/pushed.ts';
import { repairJournalIn } from './repair/journal.ts';
import { findingsIn } from './sweep/findings.ts';
import { firesIn } from './sweep/fires.ts';
import { fleetIn } from './sweep/fleet.ts';
import { gateIndexIn } from './sweep/gate-index.ts';
import { leasesIn } from './sweep/leases.ts';
import { sweepsIn } from './sweep/runs.ts';

export interface StoreOptions {
  /** The data folder, where the store is a file when no `url` is given. Made when it is not there, for this user alone. */
  readonly folder: string;
  /** `postgresql://…`: a database that replicas share. */
  readonly url?: string;
  readonly outside: StoreOutside;
}

/** What is kept of the fleet. One line a room: each stands in a folder of this one, behind the port of who uses it. */
export interface Store {
  readonly leases: Leases;
  readonly repairs: RepairJournal;
  readonly sweeps: SweepStore;
  readonly findings: Findings;
  readonly fires: Fires;
  readonly fleet: Fleet;
  readonly gateIndex: GateIndex;
  readonly pushed: PushedStore;
  readonly exemptions: ExemptionStore;
  readonly close: () => Promise<void>;
}

/**
 * Opens the store, bringing its tables up to date.
 *
 * @throws StoreError STORE_UNAVAILABLE, STORE_CORRUPT when it is something else or of a newer version, STORE_SETTINGS.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = await openDatabase(options);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    leases: leasesIn(database),
    sweeps: sweepsIn(database),
    findings: findingsIn(database),
    fires: firesIn(database),
    fleet: fleetIn(database),
    gateIndex: gateIndexIn(database),
    repairs: repairJournalIn(database),
    pushed: pushedIn(database),
    exemptions: exemptionsIn(database),
    close: database.close,
  };
}

/** The driver of PostgreSQL is loaded by those alone who use it. */
export async function openDatabase({ folder, url, outside }: StoreOptions): Promise<StoreDatabase> {
  if (url === undefined) {
    const { openSqlite } = await import('./sqlite.ts');
    return await openSqlite(folder, outside);
  }
  const { openPostgresql } = await import('./postgresql.ts');
  return await openPostgresql(url, outside);
}
