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
         request ${TEXT} NOT NULL, state ${TEXT} NOT NULL, cancelling ${INTEGER} NOT NULL, attempts ${INTEGER} NOT NULL,
         started_at ${TEXT} NOT NULL, updated_at ${TEXT} NOT NULL, finished_at ${TEXT},
         planned ${TEXT} NOT NULL, judged_by ${TEXT}, notes ${TEXT} NOT NULL, reason ${TEXT} NOT NULL)${STRICT}`,
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
  {
    name: 'sweep/findings',
    statements: ({ TEXT, INTEGER, BIGINT, STRICT }) => [
      `CREATE TABLE live_resource (
         address ${TEXT} PRIMARY KEY, kind ${TEXT} NOT NULL, type ${TEXT} NOT NULL, provider ${TEXT} NOT NULL,
         scope ${TEXT} NOT NULL, account ${TEXT} NOT NULL, region ${TEXT} NOT NULL, tags ${TEXT} NOT NULL,
         taggable ${INTEGER} NOT NULL, managed_by ${TEXT}, created_by ${TEXT}, created_at ${TEXT},
         captured_at ${TEXT} NOT NULL, inventory ${TEXT} NOT NULL, partition ${TEXT} NOT NULL,
         run_number ${BIGINT} NOT NULL)${STRICT}`,
      'CREATE INDEX live_resource_partition ON live_resource (inventory, partition, address)',
      `CREATE TABLE live_parent (
         address ${TEXT} NOT NULL, ordinal ${INTEGER} NOT NULL, parent ${TEXT} NOT NULL,
         PRIMARY KEY (address, ordinal))${STRICT}`,
      'CREATE INDEX live_parent_parent ON live_parent (parent, address)',
      `CREATE TABLE finding (
         id ${TEXT} PRIMARY KEY, state ${TEXT} NOT NULL, rank ${INTEGER} NOT NULL, rule ${TEXT} NOT NULL,
         policy ${TEXT} NOT NULL, severity ${TEXT} NOT NULL, enforcement ${TEXT} NOT NULL,
         address ${TEXT} NOT NULL, kind ${TEXT} NOT NULL, path ${TEXT} NOT NULL, message ${TEXT} NOT NULL,
         expected ${TEXT} NOT NULL, actual ${TEXT} NOT NULL, fix ${TEXT} NOT NULL, link ${TEXT} NOT NULL,
         provider ${TEXT} NOT NULL, scope ${TEXT} NOT NULL, account ${TEXT} NOT NULL, region ${TEXT} NOT NULL,
         tags ${TEXT} NOT NULL, created_by ${TEXT}, created_at ${TEXT}, managed_by ${TEXT},
         captured_at ${TEXT} NOT NULL, inventory ${TEXT} NOT NULL, partition ${TEXT} NOT NULL,
         first_seen ${TEXT} NOT NULL, last_seen ${TEXT} NOT NULL, changed_at ${TEXT} NOT NULL,
         resolved_at ${TEXT}, resolved ${TEXT}, reopened_at ${TEXT}, reopened ${INTEGER} NOT NULL,
         unsure_since ${TEXT}, gate ${TEXT})${STRICT}`,
      'CREATE INDEX finding_order ON finding (state, rank, id)',
      'CREATE INDEX finding_address ON finding (address)',
      'CREATE INDEX finding_rule ON finding (rule, state)',
      'CREATE INDEX finding_changed ON finding (changed_at)',
      `CREATE TABLE finding_change (
         run_id ${TEXT} NOT NULL, finding_id ${TEXT} NOT NULL REFERENCES finding, change ${TEXT} NOT NULL,
         because ${TEXT}, time ${TEXT} NOT NULL, PRIMARY KEY (run_id, finding_id, change))${STRICT}`,
      `CREATE TABLE gate_resource (
         identity ${TEXT} PRIMARY KEY, decision ${TEXT} NOT NULL, time ${TEXT} NOT NULL, verdict ${TEXT} NOT NULL,
         address ${TEXT} NOT NULL)${STRICT}`,
    ],
  },
  {
    name: 'sweep/partition-together',
    statements: ({ TEXT }) => [`ALTER TABLE sweep_partition ADD COLUMN together ${TEXT}`],
  },
];
