import { describe, expect, it } from 'vitest';

import { postureReport } from '../../../src/audit-report/kinds/posture.ts';
import type { ReportReaders, SweptInventory } from '../../../src/audit-report/readers.ts';
import type { Policy } from '../../../src/model/policy.ts';
import type { RunGap } from '../../../src/sweep/run.ts';
import { memoryLedger } from './ledger.ts';

const GAP: RunGap = {
  ...{ inventory: 'aws', account: '111122223333', partition: 'eu-west-1', scope: {} },
  ...{ type: 'AWS::S3::Bucket', code: 'CLOUD_DENIED', message: 'may not be listed' },
};

type Accounts = SweptInventory['accounts'];

/** Sweeps that ended, by inventory. */
function sweeps(
  all: Readonly<Record<string, Partial<SweptInventory> | undefined>>,
): Partial<ReportReaders> {
  const ended = { endedAt: '2026-11-26T07:00:00.000Z', accounts: [], gaps: [] };
  return {
    inventories: Object.keys(all),
    lastSweep: (inventory) => {
      const sweep = all[inventory];
      return Promise.resolve(sweep && { ...ended, ...sweep });
    },
  };
}

/** A sweep that ended, of so many accounts. */
function swept(read: number, asked: number, gaps: readonly RunGap[] = []): Partial<ReportReaders> {
  const accounts: Accounts = Array.from({ length: asked }, (_, at) => ({
    account: `account-${at}`,
    state: at < read ? 'read' : 'unknown',
  }));
  return sweeps({ aws: { accounts, gaps } });
}

const report = (readers: Partial<ReportReaders>) =>
  postureReport({}, memoryLedger().parts(readers).readers);

describe('a posture without findings', () => {
  it.each<[string, Partial<ReportReaders>, string]>([
    ['no inventory is configured', {}, 'plain'],
    ['an inventory has no account', swept(0, 0), 'plain'],
    ['no sweep has ended', { inventories: ['aws'] }, 'plain'],
    ['an account could not be read', swept(1, 2), 'plain'],
    ['a type could not be read', swept(2, 2, [GAP]), 'plain'],
    ['all was read', swept(2, 2), 'good'],
  ])('where %s', async (_, readers, tone) => {
    const { figures } = await report(readers);
    const none = figures.filter(({ label }) => /Open|Critical|High/.test(label));
    expect(none.map((figure) => figure.tone)).toEqual([tone, tone, tone]);
  });

  it('claims nothing of controls when nothing was swept', async () => {
    const policy = {
      ...{ id: 'PC-TAG-001', title: 'Tags', severity: 'high' },
      controls: [{ framework: 'CIS', control: '1.1' }],
    } as unknown as Policy;
    const rules = () =>
      [{ id: 'tagging.owner', policy }] as unknown as ReturnType<ReportReaders['rules']>;
    const { tables, notes } = await report({ policies: () => [policy], rules });
    const rows = [];
    for await (const { cells } of tables[0]!.rows()) rows.push(cells);
    expect(rows).toEqual([['CIS', '1.1', 'not judged: nothing was swept', 0, 'PC-TAG-001']]);
    expect(notes[0]).toBe('No sweep has ended: nothing was read, and nothing is claimed.');
  });

  it('counts an account once, which several inventories have, and as read where all of them read it', async () => {
    const read = (account: string): Accounts[number] => ({ account, state: 'read' });
    const { figures, tables } = await report({
      ...sweeps({
        live: { accounts: [read('1'), read('2')] },
        security: { accounts: [read('1'), { account: '2', state: 'partial' }, read('3')] },
      }),
      resources: (account) => Promise.resolve(Number(account) * 10),
    });
    expect(figures.find(({ label }) => label === 'Accounts read whole')?.value).toBe('2 of 3');
    const rows = [];
    for await (const { cells } of tables.find(({ id }) => id === 'accounts')!.rows())
      rows.push(cells.slice(0, 4));
    expect(rows).toEqual([
      ['1', 'wholly', 10, 0],
      ['2', 'in part', 20, 0],
      ['3', 'wholly', 30, 0],
    ]);
  });
});
