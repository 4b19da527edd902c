import type { ExemptionTables } from './exemption/tables.ts';
import type { PushedTables } from './pushed/tables.ts';
import type { RepairTables } from './repair/tables.ts';
import type { SweepTables } from './sweep/tables.ts';

/** The tables of the store, as the newest migrations leave them; each room declares its own. */
export interface Tables extends SweepTables, RepairTables, PushedTables, ExemptionTables {
  readonly portcullis_migration: { readonly name: string };
}
