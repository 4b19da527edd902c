import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { composeFleet } from '../../src/compose-fleet.ts';
import { SweepView } from '../../src/fleet/views.ts';
import { EventList } from '../../src/http/views.ts';
import { openStore } from '../../src/store/index.ts';
import { startScheduler } from '../../src/sweep/schedule.ts';
import { fakeOutside } from '../unit/clouds/outside.ts';
import { ROOT } from './cli.ts';
import { until } from './client.ts';
import { makeFleetPlace } from './fleet-place.ts';
import type { FleetPlace } from './fleet-place.ts';
import { configOf, openGateway } from './gate.ts';

const places: FleetPlace[] = [];
const running = new Set<ChildProcess>();
let place: FleetPlace;
beforeEach(async () => {
  place = await makeFleetPlace();
  places.push(place);
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});
afterAll(async () => {
  for (const { aws, dispose } of places) {
    await aws.close();
    dispose();
  }
});

/** The built gate as a process of its own. */
async function start(): Promise<{ child: ChildProcess; url: string; exit: Promise<unknown> }> {
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/server.js')], {
    cwd: place.folder,
    env: { PATH: process.env['PATH'], ...place.env, ...place.cloud },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const exit = new Promise((resolve) => child.once('exit', resolve));
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const address = () => /ready at (\S+)/.exec(text)?.[1];
  await until(() => address() !== undefined || child.exitCode !== null);
  return { child, exit, url: address() ?? expect.fail(text) };
}

async function get<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await (await fetch(url)).json());
}

/** A sweep of the cloud that hangs while it is read. */
async function hangingSweep(url: string): Promise<string> {
  place.aws.addFault({ kind: 'hang', operation: 'BatchGetResourceConfig' });
  const response = await fetch(`${url}/v1/sweeps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'nightly', inventories: ['cellar', 'aws'] }),
  });
  const { id } = SweepView.parse(await response.json());
  const asked = () =>
    place.aws.calls.some(({ operation }) => operation === 'BatchGetResourceConfig');
  await until(asked);
  return id;
}

/** What the next process makes of a sweep, from the first look at it to its end. */
async function resumed(id: string): Promise<void> {
  place.aws.clearFaults();
  const { url, child, exit } = await start();
  const look = () => get(`${url}/v1/sweeps/${id}`, SweepView);
  await until(async () => ['completed', 'incomplete', 'failed'].includes((await look()).state));
  expect(await look()).toMatchObject({
    state: 'incomplete',
    coverage: { accounts: { asked: 3, read: 2 }, resources: { read: 4, judged: 4 } },
    verdicts: { violations: 2 },
    findings: { opened: 2, resolved: 0, reopened: 0 },
  });
  const { events } = await get(`${url}/v1/events?type=sweep&subject=${id}`, EventList);
  const types = events.map(({ type }) => type).reverse();
  expect([types[0], types.at(-1)]).toEqual(['sweep.started', 'sweep.finished']);
  expect(types.filter((type) => type === 'sweep.resumed')).toHaveLength(1);
  expect(types.filter((type) => type === 'sweep.finished')).toHaveLength(1);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
}

describe('a gate that goes while it sweeps', { timeout: 180_000 }, () => {
  it('on SIGTERM lets go of the sweep, and the next one goes on with it at once', async () => {
    const { child, url, exit } = await start();
    const id = await hangingSweep(url);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    const store = await openStore({
      folder: configOf(place).data,
      outside: { clock: () => new Date(), warn: () => undefined },
    });
    expect((await store.sweeps.run(id))?.state).toBe('interrupted');
    await store.close();
    await resumed(id);
  });

  it('on kill -9 leaves the sweep to the next one, which counts nothing twice', async () => {
    const { child, url, exit } = await start();
    const id = await hangingSweep(url);
    await until(async () => {
      const { coverage } = await get(`${url}/v1/sweeps/${id}`, SweepView);
      return coverage.resources.read === 2;
    });
    child.kill('SIGKILL');
    await exit;
    // The lease of whoever is dead runs out before anybody else may go on.
    await resumed(id);
  });
});

/** The built command line as a process of its own, that can be interrupted. */
function command(line: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/bin.js'), ...line.split(' ')], {
    cwd: place.folder,
    env: { PATH: process.env['PATH'], ...place.env, ...place.cloud, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const over = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, over };
}

const asked = (operation: string) => () =>
  place.aws.calls.some((call) => call.operation === operation);

describe('a command that is interrupted', { timeout: 180_000 }, () => {
  it('lets go of its sweep, says how to go on, and the next one does at once', async () => {
    place.aws.addFault({ kind: 'hang', operation: 'BatchGetResourceConfig' });
    const { child, over } = command('sweep run nightly --inventory cellar,aws');
    await until(asked('BatchGetResourceConfig'));
    child.kill('SIGINT');
    const { code, stdout, stderr } = await over;
    expect([code, stdout]).toEqual([2, '']);
    const id = /portcullis sweep resume (\S+)/.exec(stderr)?.[1] ?? expect.fail(stderr);
    place.aws.clearFaults();
    const resumed = await command(`sweep resume ${id}`).over;
    expect(resumed).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^INCOMPLETE {2}nightly/) as unknown,
    });
    expect(resumed.stdout).toContain('4 read, 4 judged');
  });

  it('stops its repair before the next write, knows what was written, and says so', async () => {
    await command('sweep run nightly --inventory aws').over;
    const planned = await command('repair plan --kind aws.s3.*').over;
    const plan = /plan-\w+/.exec(planned.stdout)?.[0] ?? expect.fail(planned.stderr);
    await command(`repair approve ${plan} --actor bob`).over;
    place.aws.addFault({ kind: 'hang', operation: 'TagResources' });
    const { child, over } = command(`repair apply ${plan}`, { PORTCULLIS_REPAIRS__WRITES: 'on' });
    await until(asked('TagResources'));
    child.kill('SIGINT');
    const { code, stdout, stderr } = await over;
    expect(stderr).toContain('It stops before its next write');
    expect([code, stdout]).toEqual([2, expect.stringMatching(/^STOPPED {2}repair/)]);
    expect(stdout).toContain('1 unresolved');
    expect(stdout).toContain('not tried again: somebody stopped it');
  });
});

describe('a schedule of the gate', () => {
  it('catches up with what fell due while no gate was there, once', async () => {
    const hourly = JSON.stringify([
      { name: 'hourly', schedule: '0 * * * *', inventories: ['cellar'] },
    ]);
    const config = configOf(place, { PORTCULLIS_SWEEPS: hourly });
    const outside = fakeOutside(new Date(Date.now() - 3 * 3_600_000).toISOString());
    const store = await openStore({ folder: config.data, outside });
    const before = startScheduler({
      settings: config.sweeps,
      sweeps: { start: () => expect.fail('nothing is due'), recover: () => Promise.resolve([]) },
      fires: store.fires,
      inventories: ['cellar'],
      record: () => Promise.resolve(),
      outside: { ...outside, every: () => () => undefined },
    });
    await before.tick();
    await before.stop();
    await store.close();

    const gateway = await openGateway(place);
    const warnings: string[] = [];
    const { fleet, schedule } = await composeFleet(config, gateway, {
      env: {},
      warn: (message) => void warnings.push(message),
      besideDoor: true,
    });
    const scheduler = schedule();
    await scheduler.tick();
    await scheduler.tick();
    await until(async () => (await fleet.sweeps(10)).every(({ state }) => state !== 'running'));
    const sweeps = await fleet.sweeps(10);
    expect(sweeps).toMatchObject([
      { name: 'hourly', state: 'completed', request: { trigger: { by: 'catch-up' } } },
    ]);
    expect(warnings).toEqual([]);
    await scheduler.stop();
    await fleet.close();
    await gateway.close();
  });
});
