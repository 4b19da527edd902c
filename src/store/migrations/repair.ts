import type { Migration } from './migration.ts';

/** The tables of repairs: plans, runs, and the journal of what was written. */
export const repairMigrations: readonly Migration[] = [
  {
    name: 'repair/journal',
    statements: ({ TEXT, INTEGER, STRICT }) => [
      `CREATE TABLE repair_plan (
         id ${TEXT} PRIMARY KEY, head ${TEXT} NOT NULL, body ${TEXT} NOT NULL, state ${TEXT} NOT NULL, scope ${TEXT} NOT NULL,
         requested_by ${TEXT} NOT NULL, created_at ${TEXT} NOT NULL, rules_digest ${TEXT} NOT NULL,
         approved_by ${TEXT}, approved_at ${TEXT})${STRICT}`,
      'CREATE INDEX repair_plan_created ON repair_plan (created_at)',
      `CREATE TABLE repair_run (
         id ${TEXT} PRIMARY KEY, plan_id ${TEXT} NOT NULL REFERENCES repair_plan, purpose ${TEXT} NOT NULL,
         undoes ${TEXT}, dry_run ${INTEGER} NOT NULL, actor ${TEXT} NOT NULL, state ${TEXT} NOT NULL,
         reason ${TEXT} NOT NULL, started_at ${TEXT} NOT NULL, finished_at ${TEXT})${STRICT}`,
      'CREATE INDEX repair_run_started ON repair_run (started_at)',
      `CREATE TABLE repair_step (
         run_id ${TEXT} NOT NULL REFERENCES repair_run, position ${INTEGER} NOT NULL, address ${TEXT} NOT NULL,
         account ${TEXT} NOT NULL, region ${TEXT} NOT NULL, body ${TEXT} NOT NULL, dry_run ${INTEGER} NOT NULL,
         state ${TEXT} NOT NULL, attempt ${INTEGER} NOT NULL, reason ${TEXT} NOT NULL, actor ${TEXT} NOT NULL,
         intended_at ${TEXT} NOT NULL, finished_at ${TEXT}, PRIMARY KEY (run_id, position))${STRICT}`,
      // One hand at a resource at a time, whatever else goes wrong.
      `CREATE UNIQUE INDEX repair_step_open ON repair_step (address)
         WHERE dry_run = 0 AND state IN ('intended', 'written')`,
      'CREATE INDEX repair_step_address ON repair_step (address, intended_at)',
    ],
  },
];
