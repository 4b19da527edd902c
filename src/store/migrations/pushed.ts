import type { Migration } from './migration.ts';

export const pushedMigrations: readonly Migration[] = [
  {
    name: 'pushed/inventories',
    statements: ({ TEXT, INTEGER, STRICT }) => [
      `CREATE TABLE pushed_inventory (
         name ${TEXT} PRIMARY KEY, push ${TEXT} NOT NULL, pushed_at ${TEXT} NOT NULL,
         count ${INTEGER} NOT NULL, complete ${INTEGER} NOT NULL)${STRICT}`,
      `CREATE TABLE pushed_line (
         name ${TEXT} NOT NULL, push ${TEXT} NOT NULL, position ${INTEGER} NOT NULL, line ${TEXT} NOT NULL,
         PRIMARY KEY (name, push, position))${STRICT}`,
    ],
  },
];
