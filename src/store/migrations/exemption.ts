import type { Migration } from './migration.ts';

export const exemptionMigrations: readonly Migration[] = [
  {
    name: 'exemption/requests',
    statements: ({ TEXT, INTEGER, BIGINT, STRICT }) => [
      `CREATE TABLE exemption (
         id ${TEXT} PRIMARY KEY, document ${TEXT} NOT NULL, state ${TEXT} NOT NULL, requested_by ${TEXT} NOT NULL,
         requested_at ${TEXT} NOT NULL, ends_at ${TEXT} NOT NULL)${STRICT}`,
      'CREATE INDEX exemption_live ON exemption (state, ends_at)',
      'CREATE INDEX exemption_newest ON exemption (requested_at, id)',
      `CREATE TABLE exemption_move (
         id ${TEXT} NOT NULL REFERENCES exemption, position ${INTEGER} NOT NULL, what ${TEXT} NOT NULL,
         actor ${TEXT} NOT NULL, at ${TEXT} NOT NULL, note ${TEXT}, recorded ${INTEGER} NOT NULL,
         PRIMARY KEY (id, position))${STRICT}`,
      'CREATE INDEX exemption_move_unrecorded ON exemption_move (at, id, position) WHERE recorded = 0',
      `CREATE TABLE exemption_use (
         id ${TEXT} PRIMARY KEY, uses ${BIGINT} NOT NULL, last_used ${TEXT} NOT NULL)${STRICT}`,
      `CREATE TABLE exemption_end (
         id ${TEXT} NOT NULL, ends_at ${TEXT} NOT NULL, PRIMARY KEY (id, ends_at))${STRICT}`,
      `INSERT INTO counter (name, value) VALUES ('exemption', 0)`,
    ],
  },
  {
    name: 'exemption/seen',
    statements: ({ TEXT, STRICT }) => [
      `CREATE TABLE exemption_seen (id ${TEXT} PRIMARY KEY, seen_at ${TEXT} NOT NULL)${STRICT}`,
    ],
  },
];
