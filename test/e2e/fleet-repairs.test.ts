import { beforeAll, describe, expect, it } from 'vitest';

import {
  RepairPlanList,
  RepairPlanView,
  RepairRunList,
  RepairRunView,
} from '../../src/fleet/repair-views.ts';
import { EventList } from '../../src/http/views.ts';
import { useFleet } from './fleet-client.ts';
import { thing } from './fleet-place.ts';
import type { Served } from './gate.ts';

const fleet = useFleet();
const { another, findings, get, place, post, push, refusal, sweep } = fleet;

const WRITES = { PORTCULLIS_REPAIRS__WRITES: 'on' };

beforeAll(async () => {
  await push([thing('JOB.0', {})]);
  await sweep({ name: 'nightly' });
});

async function plan(body: unknown = {}): Promise<RepairPlanView> {
  return await post('/v1/repairs/plans', RepairPlanView, { body });
}

/** Who owns the bucket, in the cloud itself. */
function ownerInTheCloud(): string | undefined {
  const items = place()
    .aws.estate()
    .accounts.flatMap(({ regions }) => regions.flatMap((region) => region.items));
  return items.find(({ resourceName }) => resourceName === 'logs')?.tags?.['owner'];
}

async function eventTypes(family: string): Promise<string[]> {
  const { events } = await get(`/v1/events?type=${family}&limit=100`, EventList);
  return events.map(({ type }) => type).reverse();
}

describe('a plan', () => {
  it('says what would be written, what belongs to code, and what is left alone', async () => {
    const { plan: made, state, requestedBy } = await plan();
    expect([state, requestedBy]).toEqual(['proposed', 'ada']);
    expect(made.changes).toMatchObject([
      { address: 'arn:aws:s3:::logs', set: { owner: { before: null, after: 'platform' } } },
    ]);
    expect(made.suggestions).toMatchObject([{ kind: 'aws.sqs.queue' }]);
    expect(made.refusals.map(({ code }) => code)).toEqual(['no-tagger', 'no-tagger']);
    expect(made.complete).toBe(false);
    expect(made.gaps).toEqual([expect.stringMatching(/^aws: 222222222222: /)]);
    const stored = await get(`/v1/repairs/plans/${made.id}`, RepairPlanView);
    expect(stored.plan).toEqual(made);
    const { plans } = await get('/v1/repairs/plans', RepairPlanList);
    expect(plans).toMatchObject([{ id: made.id, totals: { changes: 1 }, breaches: 0 }]);
  });

  it('is as wide as it is asked to be', async () => {
    expect((await plan({ regions: ['us-*'] })).plan.changes).toEqual([]);
    expect((await plan({ kinds: ['aws.s3.*'], rules: ['owner'] })).plan.totals).toMatchObject({
      changes: 1,
      suggestions: 0,
    });
  });

  it.each([
    ['POST', '/v1/repairs/plans', { rule: 'owner' }, '400 REQUEST_INVALID'],
    ['POST', '/v1/repairs/plans', { rules: [] }, '400 REQUEST_INVALID'],
    ['POST', '/v1/repairs/plans', { rules: ['owner', 'ownr'] }, '404 REPAIR_UNKNOWN'],
    ['POST', '/v1/repairs/plans/never/approve', {}, '404 REPAIR_UNKNOWN'],
    ['POST', '/v1/repairs/plans/never/apply', {}, '404 REPAIR_UNKNOWN'],
    ['POST', '/v1/repairs/plans/never/apply', { dryRun: 'yes' }, '400 REQUEST_INVALID'],
    ['POST', '/v1/repairs/plans/never/apply', { dryrun: true }, '400 REQUEST_INVALID'],
    ['GET', '/v1/repairs/plans/never', undefined, '404 REPAIR_UNKNOWN'],
    ['GET', `/v1/repairs/plans/${'x'.repeat(500)}`, undefined, '404 FLEET_UNKNOWN'],
    ['GET', '/v1/repairs/runs/never', undefined, '404 REPAIR_UNKNOWN'],
    ['POST', '/v1/repairs/runs/never/undo', {}, '404 REPAIR_UNKNOWN'],
    ['POST', '/v1/repairs/runs/never/resume', {}, '404 REPAIR_UNKNOWN'],
  ])('%s %s %j is refused', async (method, path, body, expected) => {
    expect(await refusal(method, path, { body })).toBe(expected);
  });

  it.each(['plans', 'plans/x/approve', 'plans/x/apply', 'runs/x/undo', 'runs/x/resume'])(
    'POST /v1/repairs/%s is not for who only reads',
    async (path) => {
      const asking = { as: 'reader', body: {} } as const;
      expect(await refusal('POST', `/v1/repairs/${path}`, asking)).toBe('403 FORBIDDEN');
    },
  );
});

describe('a repair', () => {
  let id: string;
  let run: RepairRunView;
  const apply = async (on: Served | undefined, dryRun = false) =>
    await post(`/v1/repairs/plans/${id}/apply`, RepairRunView, {
      body: { dryRun },
      ...(on === undefined ? {} : { on }),
    });

  beforeAll(async () => {
    id = (await plan()).plan.id;
  });

  it('is tried without a write, whatever else is missing', async () => {
    const { run: rehearsal, tally, steps } = await apply(undefined, true);
    expect([rehearsal.dryRun, rehearsal.state, tally['rehearsed']]).toEqual([true, 'done', 1]);
    expect(steps).toMatchObject([{ address: 'arn:aws:s3:::logs', state: 'rehearsed' }]);
    expect(ownerInTheCloud()).toBeUndefined();
  });

  it('writes nothing while writes are off', async () => {
    const asking = { body: { dryRun: false } };
    expect(await refusal('POST', `/v1/repairs/plans/${id}/apply`, asking)).toBe(
      '409 REPAIR_WRITES_OFF',
    );
  });

  it('waits for somebody else to agree', async () => {
    const on = await another(WRITES);
    const path = `/v1/repairs/plans/${id}`;
    expect(await refusal('POST', `${path}/apply`, { on, body: {} })).toBe('403 REPAIR_APPROVAL');
    expect(await refusal('POST', `${path}/approve`, { on })).toBe('403 REPAIR_APPROVAL');
    const approved = await post(`${path}/approve`, RepairPlanView, { on, as: 'bob' });
    expect(approved).toMatchObject({ state: 'approved', requestedBy: 'ada', approvedBy: 'bob' });
    expect(await refusal('POST', `${path}/approve`, { on, as: 'bob' })).toBe('409 REPAIR_STATE');
    expect(ownerInTheCloud()).toBeUndefined();
  });

  it('is written, read back, and once only', async () => {
    const on = await another(WRITES);
    run = await apply(on);
    expect(run).toMatchObject({ run: { state: 'done', actor: 'ada' }, tally: { verified: 1 } });
    expect(ownerInTheCloud()).toBe('platform');
    const asking = { on, body: {} };
    expect(await refusal('POST', `/v1/repairs/plans/${id}/apply`, asking)).toBe('409 REPAIR_STATE');
    expect(await get(`/v1/repairs/runs/${run.run.id}`, RepairRunView)).toEqual(run);
    const after = await sweep({ name: 'nightly' });
    expect(after.findings).toMatchObject({ resolved: 1 });
    expect((await findings('?inventory=aws&state=open')).totals?.total).toBe(0);
  });

  it('is taken back by a plan like any other, and comes up again', async () => {
    const on = await another(WRITES);
    const undo = await post(`/v1/repairs/runs/${run.run.id}/undo`, RepairPlanView, { on });
    expect(undo.plan).toMatchObject({ purpose: 'undo', undoes: run.run.id });
    expect(ownerInTheCloud()).toBe('platform');
    const back = await post(`/v1/repairs/plans/${undo.plan.id}/apply`, RepairRunView, { on });
    expect(back).toMatchObject({ run: { purpose: 'undo', state: 'done' }, tally: { verified: 1 } });
    expect(ownerInTheCloud()).toBeUndefined();
    expect((await sweep({ name: 'nightly' })).findings).toMatchObject({ reopened: 1 });
    const { runs } = await get('/v1/repairs/runs', RepairRunList);
    expect(runs.map(({ purpose, dryRun }) => `${purpose}${dryRun ? ' (dry)' : ''}`)).toEqual([
      'undo',
      'repair',
      'repair (dry)',
    ]);
  });

  it('is recorded from the plan to the way back, by family', async () => {
    const repair = await eventTypes('repair');
    for (const type of ['repair.planned', 'repair.refused', 'repair.approved', 'repair.started'])
      expect(repair).toContain(type);
    expect(repair.every((type) => type.startsWith('repair.'))).toBe(true);
    expect(new Set(await eventTypes('inventory'))).toEqual(new Set(['inventory.pushed']));
    expect(new Set(await eventTypes('sweep'))).toEqual(
      new Set(['sweep.started', 'sweep.finished']),
    );
    expect(await eventTypes('sweep.finished')).toHaveLength(3);
    const asking = `/v1/events?type=repair&subject=${run.run.id}`;
    const { events } = await get(asking, EventList);
    expect(events.length).toBeGreaterThan(0);
    expect(events.every(({ subject }) => subject === run.run.id)).toBe(true);
  });
});
