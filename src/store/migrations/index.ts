import { exemptionMigrations } from './exemption.ts';
import type { Migration } from './migration.ts';
import { pushedMigrations } from './pushed.ts';
import { repairMigrations } from './repair.ts';
import { sweepMigrations } from './sweep.ts';

/** All steps, in the order they are taken; each room of the store has a file of its own, and adds at its end. */
export const MIGRATIONS: readonly Migration[] = [
  ...sweepMigrations,
  ...repairMigrations,
  ...pushedMigrations,
  ...exemptionMigrations,
];
