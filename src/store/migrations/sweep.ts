import type { Migration } from './migration.ts';

/** The tables of sweeps: leases and fires, runs and their parts, what exists, and findings. */
export const sweepMigrations: readonly Migration[] = [
  {
    name: 'sweep/leases',
    statements: ({ TEXT, BIGINT, STRICT }) => [
      `CREATE TABLE lease (
         scope ${TEXT} PRIMARY KEY, token ${BIGINT} NOT NULL, owner ${TEXT} NOT NULL,
         expires_at ${TEXT} NOT NULL)${STRICT}`,
      `CREATE TABLE fire (
         sweep ${TEXT} NOT NULL, fire_time ${TEXT} NOT NULL, outcome ${TEXT} NOT NULL, run_id ${TEXT},
         noted_at ${TEXT} NOT NULL, PRIMARY KEY (sweep, fire_time))${STRICT}`,
      `CREATE TABLE schedule_mark (
         sweep ${TEXT} PRIMARY KEY, expression ${TEXT} NOT NULL, timezone ${TEXT} NOT NULL,
         seen_until ${TEXT} NOT NULL)${STRICT}`,
    ],
  },
  {
    name: 'sweep/runs',
    statements: ({ TEXT, INTEGER, BIGINT, STRICT }) => [
      `CREATE TABLE counter (name ${TEXT} PRIMARY KEY, value ${BIGINT} NOT NULL)${STRICT}`,
      `INSERT INTO counter (name, value) VALUES ('sweep_run', 0)`,
      `CREATE TABLE sweep_run (
         id ${TEXT} PRIMARY KEY, number ${BIGINT} NOT NULL UNIQUE, name ${TEXT} NOT NULL,
         request ${TEXT} NOT NULL, state ${TEXT} NOT NULL, cancelling ${INTEGER} NOT NULL,
         started_at ${TEXT} NOT NULL, updated_at ${TEXT} NOT NULL, finished_at ${TEXT},
         planned ${TEXT}, judged_by ${TEXT}, notes ${TEXT} NOT NULL, reason ${TEXT} NOT NULL,
         percent ${BIGINT})${STRICT}`,
      'CREATE INDEX sweep_run_state ON sweep_run (state)',
      `CREATE TABLE sweep_partition (
         run_id ${TEXT} NOT NULL REFERENCES sweep_run, inventory ${TEXT} NOT NULL, key ${TEXT} NOT NULL,
         ordinal ${INTEGER} NOT NULL, account ${TEXT} NOT NULL, scope ${TEXT} NOT NULL, type ${TEXT},
         expected ${INTEGER}, state ${TEXT} NOT NULL, cursor ${TEXT}, pages ${INTEGER} NOT NULL,
         resources ${INTEGER} NOT NULL, judged ${INTEGER} NOT NULL, violations ${INTEGER} NOT NULL,
         unknown ${INTEGER} NOT NULL, failed ${INTEGER} NOT NULL,
         PRIMARY KEY (run_id, inventory, key))${STRICT}`,
      `CREATE TABLE sweep_gap (
         run_id ${TEXT} NOT NULL REFERENCES sweep_run, id ${TEXT} NOT NULL, inventory ${TEXT} NOT NULL,
         partition ${TEXT} NOT NULL, account ${TEXT} NOT NULL, scope ${TEXT} NOT NULL, type ${TEXT},
         code ${TEXT} NOT NULL, message ${TEXT} NOT NULL, PRIMARY KEY (run_id, id))${STRICT}`,
    ],
  },
];
