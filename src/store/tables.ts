import type { RepairTables } from './repair/tables.ts';
import type { SweepTables } from './sweep/tables.ts';

/** The tables of the store, as the newest migrations leave them; each room declares its own. */
export interface Tables extends SweepTables, RepairTables {
  readonly portcullis_migration: { readonly name: string };
}
