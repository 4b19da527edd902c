import { expect, it } from 'vitest';

import { exemptionsReport } from '../../../src/audit-report/kinds/exemptions.ts';
import type { KnownExemption } from '../../../src/audit-report/readers.ts';
import { memoryLedger } from './ledger.ts';

const known = (id: string, state: KnownExemption['state']): KnownExemption => ({
  ...{ id, state, where: 'the store', rules: ['owner'], match: {}, points: ['sweep'] },
  ...{ reason: 'It moves.', owner: 'ada', approvedBy: [], remarks: [] },
  until: '2026-12-10T00:00:00.000Z',
});

it('a report on exemptions has a row for each, whatever became of it', async () => {
  const states = ['requested', 'approved', 'active', 'expired', 'rejected', 'revoked'] as const;
  const all = states.map((state) => known(`EX-${state}`, state));
  const { readers } = memoryLedger().parts({ exemptions: () => Promise.resolve(all) });
  const { tables, figures } = await exemptionsReport({}, readers);
  const rows: unknown[] = [];
  for await (const { cells } of tables[0]?.rows() ?? []) rows.push(cells.slice(0, 2));
  expect(rows).toEqual([
    ['EX-requested', 'requested'],
    ['EX-approved', 'not yet'],
    ['EX-active', 'in force'],
    ['EX-expired', 'ended'],
    ['EX-rejected', 'rejected'],
    ['EX-revoked', 'revoked'],
  ]);
  expect(figures.map(({ label, value }) => [label, value])).toEqual([
    ['In force', '1'],
    ['End within 30 days', '1'],
    ['Waiting for approval', '1'],
    ['Ended', '1'],
  ]);
});
