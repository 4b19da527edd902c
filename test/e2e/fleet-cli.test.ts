import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { RepairPlanView, RepairRunView } from '../../src/fleet/repair-views.ts';
import { FindingPageView, SweepView } from '../../src/fleet/views.ts';
import type { Gateway } from '../../src/gateway.ts';
import { portcullis } from './cli.ts';
import type { Ran } from './cli.ts';
import { jsonLines, makeFleetPlace, thing } from './fleet-place.ts';
import type { FleetPlace } from './fleet-place.ts';
import { openGateway, serve } from './gate.ts';
import type { Served } from './gate.ts';

// Every command is a process that opens the records: few of them, in the order of a day's work, each test over what the last left.

let place: FleetPlace;
beforeAll(async () => {
  place = await makeFleetPlace();
  const lines = [thing('JOB', { env: 'test' }), thing('DONE', { owner: 'ada' })];
  writeFileSync(path.join(place.folder, 'mainframe.jsonl'), jsonLines(lines));
  const cut = `${jsonLines([thing('A', {})])}{"id":\n`;
  writeFileSync(path.join(place.folder, 'cut.jsonl'), cut);
});
afterAll(async () => {
  await place.aws.close();
  place.dispose();
});

const WRITES = { PORTCULLIS_REPAIRS__WRITES: 'on' };

/** Runs the built binary in the folder of the place; whatever it says, it never shows the inside of the program. */
async function run(line: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const ran = await portcullis(line.split(' '), {
    cwd: place.folder,
    env: { ...place.env, ...place.cloud, ...env },
  });
  expect(ran.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(ran.stderr).not.toContain('portcullis broke');
  return ran;
}

/** What it printed for programs, and its exit code. */
async function json<T>(line: string, schema: z.ZodType<T>, env = {}): Promise<[number | null, T]> {
  const { code, stdout, stderr } = await run(`${line} --output json`, env);
  try {
    return [code, schema.parse(JSON.parse(stdout))];
  } catch (cause) {
    throw new Error(`${line}: ${stdout.slice(0, 500)} ${stderr.slice(0, 500)}`, { cause });
  }
}

describe('inventories on the command line', () => {
  it('are listed, also before the first sweep', async () => {
    const { code, stdout } = await run('inventory list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/mainframe +json-lines +not swept yet/);
    expect(stdout).toMatch(/aws +aws +not swept yet/);
  });

  it('take a push whole or not at all', async () => {
    const refused = await run('inventory push mainframe cut.jsonl');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toMatch(/line 2: .*INVENTORY_REFUSED\nNothing of it was taken/);
    const { code, stdout } = await run('inventory push mainframe mainframe.jsonl');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mainframe: 2 resources taken, sha256:\w+\nThe next sweep/);
  });
});

describe('sweeps on the command line', () => {
  it('tell what they saw and what they could not see', async () => {
    const { code, stdout } = await run('sweep run nightly');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^INCOMPLETE {2}nightly/);
    expect(stdout).toContain('4 of 5 accounts, 1 unknown (AccessDenied).');
    expect(stdout).toContain('nothing in there counts as compliant');
  });

  it('end with a code that a pipeline can use, and are looked up later', async () => {
    const [code, sweep] = await json('sweep run --inventory cellar --fail-on high', SweepView);
    expect([code, sweep.state, sweep.name]).toEqual([1, 'completed', 'ad-hoc']);
    const status = await run(`sweep status ${sweep.id}`);
    expect([status.code, status.stdout]).toEqual([
      0,
      expect.stringMatching(/^COMPLETED {2}ad-hoc/),
    ]);
    expect(status.stdout).toContain(sweep.id);
  });

  it('fail when they could not see what they had to', async () => {
    const strict = await run('sweep run strict --fail-on critical');
    expect([strict.code, strict.stdout]).toEqual([2, expect.stringMatching(/^FAILED {2}strict/)]);
  });
});

describe('findings on the command line', () => {
  it('are listed by what is asked for, as a table and as JSON, and shown one by one', async () => {
    const { code, stdout } = await run('findings list --inventory mainframe --severity high');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^SEVERITY .*\nhigh +open .*mainframe\/JOB/);
    expect(stdout).toMatch(/^1 finding: 0 critical, 1 high, 0 medium, 0 low$/m);
    const [, { findings }] = await json('findings list --tag env=test', FindingPageView);
    expect(findings).toMatchObject([{ address: 'mainframe/JOB', state: 'open' }]);
    expect((await run(`findings show ${findings[0]?.id ?? ''}`)).stdout).toMatch(
      /^OPEN {2}mainframe\/JOB {2}mainframe.dataset\n[^]*tags +env=test/,
    );
    expect((await run('findings list --severity low')).stdout).toBe('no findings\n');
  });

  it('are exported for a spreadsheet, a line each', async () => {
    const { code, stdout } = await run('findings export --format csv --inventory aws');
    const [head, row, ...rest] = stdout.split('\r\n');
    expect([code, head?.slice(0, 8), rest]).toEqual([0, 'id,state', ['']]);
    expect(row).toContain('arn:aws:s3:::logs');
  });
});

describe('a repair on the command line', () => {
  let plan: string;
  let made: string;

  it('is planned, and tried without a write', async () => {
    const { code, stdout } = await run('repair plan --kind aws.s3.*');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^PLAN {2}plan-\w+ {2}proposed, asked for by cli/),
    ]);
    expect(stdout).toContain('+ owner = "platform"');
    plan = /plan-\w+/.exec(stdout)?.[0] ?? '';
    expect(stdout).toContain(`must agree before it is applied: portcullis repair approve ${plan}`);
    const tried = await run(`repair apply ${plan} --dry-run`);
    expect([tried.code, tried.stdout]).toEqual([0, expect.stringContaining('1 rehearsed')]);
    expect(ownerInTheCloud()).toBeUndefined();
  });

  it('writes nothing before writes are on and somebody else agreed', async () => {
    const off = await run(`repair apply ${plan}`);
    expect([off.code, off.stderr]).toEqual([
      2,
      expect.stringMatching(/REPAIR_WRITES_OFF\nSet repairs/),
    ]);
    const self = await run(`repair approve ${plan}`, WRITES);
    expect([self.code, self.stderr]).toEqual([2, expect.stringContaining('REPAIR_APPROVAL')]);
    const approve = `repair approve ${plan} --actor bob`;
    const [code, agreed] = await json(approve, RepairPlanView, WRITES);
    expect([code, agreed.state, agreed.approvedBy]).toEqual([0, 'approved', 'bob']);
    expect(ownerInTheCloud()).toBeUndefined();
  });

  it('is applied, and tells what it did', async () => {
    const [code, applied] = await json(`repair apply ${plan}`, RepairRunView, WRITES);
    expect([code, applied]).toMatchObject([0, { run: { state: 'done' }, tally: { verified: 1 } }]);
    expect(ownerInTheCloud()).toBe('platform');
    made = applied.run.id;
    const status = await run(`repair status ${made}`);
    expect([status.code, status.stdout]).toEqual([0, expect.stringContaining('1 verified')]);
  });

  it('is taken back', async () => {
    const undone = await run(`repair undo ${made}`, WRITES);
    expect([undone.code, undone.stdout]).toEqual([0, expect.stringMatching(/^DONE {2}undo/m)]);
    expect(ownerInTheCloud()).toBeUndefined();
  });
});

describe('help on the command line', () => {
  it('of a command has examples of it, and its exit codes', async () => {
    const { code, stdout } = await run('repair apply --help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Exit codes: 0 [^]*Examples:\n {2}portcullis repair apply plan-/);
  });
});

describe('what is not there or makes no sense', () => {
  it.each([
    ['sweep run --inventory never', 'There is no inventory never.  SWEEP_UNKNOWN'],
    [
      'sweep status never',
      'There is no sweep never.  FLEET_UNKNOWN\nThose that there are: `portcullis sweep list`',
    ],
    [
      'sweep cancel never',
      'There is no sweep never.  FLEET_UNKNOWN\nThose that there are: `portcullis sweep list`',
    ],
    [
      'repair apply never --dry-run',
      'REPAIR_UNKNOWN\nThose that there are: `portcullis repair plans`',
    ],
  ])('%s: says that there is none, and where to look', async (line, message) => {
    const { code, stdout, stderr } = await run(line);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  });

  it('is wrong usage where the words themselves are wrong', async () => {
    const { code, stdout, stderr } = await run('findings list --severty high');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/unknown option '--severty'\n\(Did you mean --severity\?\)/);
  });

  it('a tag without a key selects nothing, and is not taken for a question', async () => {
    const { code, stderr } = await run('findings list --tag =team-a');
    expect([code, stderr]).toEqual([3, expect.stringContaining('It is a key, or key=value.')]);
  });

  it('nothing to sweep is said, and is no empty success', async () => {
    const bare = { PORTCULLIS_INVENTORIES: '[]', PORTCULLIS_SWEEPS: '[]' };
    const { code, stderr } = await run('sweep run', bare);
    expect([code, stderr]).toEqual([2, expect.stringContaining('There is no inventory to sweep.')]);
  });
});

describe('the fleet of a running gate', () => {
  let gateway: Gateway;
  let gate: Served;
  beforeAll(async () => {
    gateway = await openGateway(place);
    gate = await serve(place, gateway, {}, place.cloud);
  });
  afterAll(async () => {
    await gate.stop();
    await gateway.close();
  });

  /** A sweep that is told to end does so after the page that it is at. */
  const ended = async (id: string): Promise<void> => {
    for (;;) {
      const response = await fetch(`${gate.url}/v1/sweeps/${id}`);
      if (SweepView.parse(await response.json()).state !== 'running') return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it('is asked with --server: a command beside it says so', async () => {
    const { code, stderr } = await run('sweep list');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /is in use by .*LEDGER_LOCKED\nIf that is a gate, ask it: --server http/,
    );
  });

  it('gives the answers of the gate, and its refusals', async () => {
    const [, page] = await json(`findings list --server ${gate.url}`, FindingPageView);
    const there = await fetch(`${gate.url}/v1/findings?state=open&limit=30`);
    expect(page).toEqual(FindingPageView.parse(await there.json()));
    expect(page.findings.length).toBeGreaterThan(0);
    const refused = await run(`inventory push mainframe cut.jsonl --server ${gate.url}`);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/line 2: .*422/)]);
    const unknown = await run(`sweep cancel never --server ${gate.url}`);
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('There is no sweep never. (404 FLEET_UNKNOWN)  SERVER_REFUSED'),
    ]);
  });

  it('sweeps without anybody who waits, until it is told to end', async () => {
    // The cloud does not answer: the sweep is under way for as long as the test needs.
    place.aws.addFault({ kind: 'hang', operation: 'SelectResourceConfig' });
    const server = `--server ${gate.url}`;
    const [, { id, state }] = await json(`sweep run --inventory aws --detach ${server}`, SweepView);
    expect(state).toBe('running');
    expect((await run(`sweep cancel ${id} ${server}`)).code).toBe(0);
    await ended(id);
    place.aws.clearFaults();
    expect((await run(`sweep status ${id} ${server}`)).stdout).toMatch(/^CANCELLED/);
  });
});

/** Who owns the bucket, in the cloud itself. */
function ownerInTheCloud(): string | undefined {
  const items = place.aws
    .estate()
    .accounts.flatMap(({ regions }) => regions.flatMap((region) => region.items));
  const logs = items.find(({ resourceName }) => resourceName === 'logs');
  expect(logs).toBeDefined();
  return logs?.tags?.['owner'];
}
