import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { RepairPlanView, RepairRunView } from '../../src/fleet/repair-views.ts';
import { parseKeys, verifyReport } from '../../src/verify/index.ts';
import { useFleet } from './fleet-client.ts';
import { thing } from './fleet-place.ts';

const { another, ask, place, post, push, served, sweep } = useFleet();

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const Report = z.object({
  title: z.string(),
  notes: z.array(z.string()),
  figures: z.array(z.object({ label: z.string(), value: z.string() })),
  charts: z.array(
    z.object({
      title: z.string(),
      points: z.array(z.object({ values: z.array(z.number()) })).optional(),
    }),
  ),
  tables: z.array(z.object({ id: z.string(), rows: z.array(Row) })),
});

/** A report of the gate, verified by the key that the gate has, with its rows by table. */
async function reportOf(name: string) {
  const answer = await ask('GET', `/v1/reports/${name}`);
  expect(answer.status, name).toBe(200);
  const file = path.join(place().folder, name.replaceAll(/\W/g, '-'));
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  const { findings } = verifyReport({ file, keys: parseKeys(await verifierKey(), 'the gate') });
  expect(findings).toEqual([]);
  const report = Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  const rows = (id: string) => report.tables.find((table) => table.id === id)?.rows ?? [];
  const figure = (label: string) => report.figures.find((one) => one.label === label)?.value;
  return { ...report, rows, figure };
}

async function verifierKey(): Promise<string> {
  const evidence = await ask('GET', '/v1/reports/exemptions.json');
  const Keys = z.object({ evidence: z.object({ verifierKeys: z.array(z.string()) }) });
  return Keys.parse(await evidence.json()).evidence.verifierKeys.join('\n');
}

/** A day of a fleet: things found, one of them borne, one of them mended. */
beforeAll(async () => {
  await push([thing('JOB.0', { team: 'batch' }), thing('JOB.1', {})]);
  await sweep({ name: 'nightly' });
  await post('/v1/exemptions', z.unknown(), {
    body: {
      id: 'EX-1',
      rules: ['owner'],
      match: { addresses: ['mainframe/JOB.1'] },
      reason: 'It moves.',
      owner: 'ada',
      until: new Date(Date.now() + 10 * 86_400_000).toISOString(),
    },
  });
  await post('/v1/exemptions/EX-1/approve', z.unknown(), { as: 'bob' });
  const on = await another({ PORTCULLIS_REPAIRS__WRITES: 'on' });
  const { plan } = await post('/v1/repairs/plans', RepairPlanView, { on });
  await post(`/v1/repairs/plans/${plan.id}/approve`, RepairPlanView, { on, as: 'bob' });
  await post(`/v1/repairs/plans/${plan.id}/apply`, RepairRunView, { on });
  await sweep({ name: 'nightly' });
  // One inventory is read once more, by a sweep of its own: its accounts are the same ones.
  await sweep({ name: 'strict' });
});

describe('the posture of a fleet', () => {
  it('counts what is open and what is borne, by rule, account and team', async () => {
    const { rows, figure } = await reportOf('posture.json');
    const findings = rows('findings');
    expect(findings.map(({ address, state }) => `${address}: ${state}`)).toEqual(
      expect.arrayContaining([
        'mainframe/JOB.0: open',
        expect.stringMatching(/^mainframe\/JOB.1: exempt until /),
        'cellar/rack-2: open',
      ]),
    );
    expect(findings.map(({ address }) => address)).not.toContain('arn:aws:s3:::logs');
    const open = findings.filter(({ state }) => state === 'open');
    expect(figure('Open findings')).toBe(String(open.length));
    expect(rows('rules')).toMatchObject([{ rule: 'owner', open: open.length, exempt: 1 }]);
    expect(rows('teams')).toEqual(
      expect.arrayContaining([expect.objectContaining({ team: 'batch', open: 1 })]),
    );
    const sum = rows('accounts').reduce((total, { open: count }) => total + Number(count), 0);
    expect(sum).toBe(open.length);
  });

  it('counts the accounts of an inventory once that two sweeps have read', async () => {
    const { rows, figure } = await reportOf('posture.json');
    const accounts = rows('accounts').map(({ account, read }) => `${account} ${read}`);
    expect(accounts).toEqual(
      expect.arrayContaining(['111111111111 wholly', '222222222222 not at all']),
    );
    expect(new Set(accounts).size).toBe(accounts.length);
    const read = accounts.filter((one) => one.endsWith(' wholly')).length;
    // Resources may say that they are of an account which no inventory was asked for.
    const asked = accounts.filter((one) => !one.endsWith('not in the last sweeps')).length;
    expect(figure('Accounts read whole')).toBe(`${read} of ${asked}`);
    expect(rows('gaps').filter(({ account }) => account === '222222222222').length).toBe(
      new Set(rows('gaps').map((gap) => JSON.stringify(gap))).size,
    );
  });

  it('shows over time what was found and what was mended', async () => {
    const { charts } = await reportOf('posture.json');
    const over = charts.find(({ title }) => title === 'Opened and resolved over time');
    const sum = (column: number): number =>
      (over?.points ?? []).reduce((total, { values }) => total + (values[column] ?? 0), 0);
    const [opened, resolved] = [sum(0), sum(1)];
    expect(opened).toBeGreaterThan(3);
    expect(resolved).toBe(1);
  });

  it.each([
    ['team=batch', ['mainframe/JOB.0']],
    ['rule=owner&account=222222222222', []],
    ['rule=no-such-rule', []],
  ])('is of %s alone when that is asked for', async (query, addresses) => {
    const { rows } = await reportOf(`posture.json?${query}`);
    expect(rows('findings').map(({ address }) => address)).toEqual(addresses);
  });
});

describe('the repairs of a fleet', () => {
  it('are listed with what was there before and what is there now', async () => {
    const { rows, figure } = await reportOf('repairs.json');
    expect(rows('steps')).toMatchObject([
      {
        ...{ address: 'arn:aws:s3:::logs', account: '111111111111', rules: 'owner' },
        ...{ state: 'verified', tag: 'owner', before: null, after: 'platform' },
      },
    ]);
    expect(rows('runs')).toMatchObject([{ purpose: 'repair', actor: 'ada', state: 'done' }]);
    expect(figure('Mended')).toBe('1');
    const types = rows('records').map(({ type }) => type);
    for (const type of ['repair.planned', 'repair.approved', 'repair.started'])
      expect(types).toContain(type);
  });

  it.each([
    'account=222222222222',
    'rule=no-such-rule',
    'since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z',
  ])('are none of %s', async (query) => {
    const { rows } = await reportOf(`repairs.json?${query}`);
    expect([rows('runs'), rows('steps')]).toEqual([[], []]);
  });

  it.each([
    ['repairs', 'team=batch'],
    ['exemptions', 'account=111111111111'],
    ['posture', 'decision=x'],
  ])('a report of %s is refused where it knows nothing of %s', async (kind, query) => {
    const answer = await ask('GET', `/v1/reports/${kind}.json?${query}`);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'REPORT_INVALID' });
  });
});

describe('the exemptions of a fleet', () => {
  it('are listed with who approved them, and with what the ledger holds of them', async () => {
    const { rows, figure } = await reportOf('exemptions.json');
    expect(rows('exemptions')).toMatchObject([
      {
        ...{ exemption: 'EX-1', state: 'in force', rules: 'owner', owner: 'ada' },
        approved_by: expect.stringContaining('bob') as unknown,
      },
    ]);
    expect(figure('In force')).toBe('1');
    const types = rows('records').map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['exemption.requested', 'exemption.approved', 'exemption.used']),
    );
  });
});

describe('every format', () => {
  it.each(['csv', 'xlsx', 'ndjson', 'markdown', 'html', 'sarif', 'junit', 'policyreport', 'oscal'])(
    'of a posture with findings as %s is whole',
    async (format) => {
      const answer = await ask('GET', `/v1/reports/posture.${format}`);
      expect([answer.status, answer.headers.get('x-report-cut')]).toEqual([200, null]);
      const file = Buffer.from(await answer.arrayBuffer());
      // Long names may break after each of their parts.
      const text = file.toString('utf8').replaceAll('<wbr>', '');
      if (format !== 'xlsx') expect(text).toContain('JOB.0');
      expect(served().lines.filter(({ level }) => level === 'error')).toEqual([]);
    },
  );
});
