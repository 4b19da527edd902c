import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { openStore } from '../../../src/store/index.ts';
import { fakeOutside } from '../clouds/outside.ts';

const SCRIPT = fileURLToPath(new URL('../../crash/sweep-process.mjs', import.meta.url));

const Said = z.object({
  read: z.int().optional(),
  run: z.string().optional(),
  warning: z.string().optional(),
  error: z.string().optional(),
  peakMiB: z.number().optional(),
  end: z.object({ id: z.string(), state: z.string() }).optional(),
});
type Said = z.infer<typeof Said>;

interface Sweeper {
  readonly child: ChildProcess;
  readonly said: Said[];
  readonly ended: Promise<void>;
}

let folder: string;
let started: Sweeper[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'portcullis-sweep-'));
  started = [];
});
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
});

function start(given: object): Sweeper {
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify({ folder, ...given })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: Said[] = [];
  createInterface({ input: child.stdout }).on('line', (line) =>
    said.push(Said.parse(JSON.parse(line))),
  );
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const sweeper = { child, said, ended };
  started.push(sweeper);
  return sweeper;
}

const pagesRead = ({ said }: Sweeper) => said.filter(({ read }) => read !== undefined).length;

const PATIENCE = { timeout: 60_000, interval: 10 };

const pages = 40;
const size = 25;
const violations = Math.ceil((pages * size) / 3);

async function expectWhole(id: string): Promise<void> {
  const store = await openStore({ folder, outside: fakeOutside() });
  const run = await store.sweeps.run(id);
  const sum = (of: 'resources' | 'violations') =>
    run!.partitions.reduce((total, { counts }) => total + counts[of], 0);
  expect(run).toMatchObject({ state: 'completed', gaps: [] });
  expect({ resources: sum('resources'), violations: sum('violations') }).toEqual({
    resources: pages * size,
    violations,
  });
  expect(run!.findings).toEqual({ opened: violations, resolved: 0, reopened: 0 });
  expect((await store.findings.totals({ state: 'open' })).total).toBe(violations);
  expect(await store.fleet.count({})).toBe(pages * size);
  await store.close();
}

describe('a process that is killed while it sweeps', () => {
  it('is followed by others, until all is read and nothing is counted twice', async () => {
    const settings = { pages, size, pauseMs: 15, leaseMs: 300 };
    const first = start(settings);
    await expect.poll(() => first.said.some(({ run }) => run !== undefined), PATIENCE).toBe(true);
    let last = first;
    for (let kills = 0; kills < 4; kills++) {
      const sweeper = last;
      await expect.poll(() => pagesRead(sweeper), PATIENCE).toBeGreaterThan(2 + kills);
      sweeper.child.kill('SIGKILL');
      await sweeper.ended;
      last = start(settings);
    }
    await last.ended;
    const id = first.said.find(({ run }) => run !== undefined)?.run;
    expect(last.said.at(-1)?.end).toMatchObject({ id, state: 'completed' });
    // What was written was not read again.
    expect(pagesRead(last)).toBeLessThan(pages);
    await expectWhole(id!);
  });
});

describe('a process that is stopped for longer than its lease', () => {
  it('finds when it wakes that another one went on, and writes nothing', async () => {
    const sleeper = start({ pages, size, pauseMs: 15, leaseMs: 300, stopAt: 9 });
    await expect.poll(() => sleeper.said.some(({ read }) => read === 9), PATIENCE).toBe(true);
    const heir = start({ pages, size, leaseMs: 300 });
    await heir.ended;
    const id = heir.said.at(-1)?.end?.id;
    await expectWhole(id!);
    sleeper.child.kill('SIGCONT');
    await sleeper.ended;
    expect(sleeper.said.find(({ warning }) => warning !== undefined)?.error).toContain(
      `is held by process ${heir.child.pid}`,
    );
    await expectWhole(id!);
  });
});

describe('a hundred thousand resources', () => {
  it('are swept in less than 400 MiB', async () => {
    const sweeper = start({ pages: 200, size: 500 });
    await sweeper.ended;
    expect(sweeper.said.at(-1)).toMatchObject({ end: { state: 'completed' } });
    expect(sweeper.said.at(-1)!.peakMiB).toBeLessThan(400);
  });
});
