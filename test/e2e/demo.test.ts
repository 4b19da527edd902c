import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openPlace } from '../../src/demo/place.ts';
import type { DemoPlace } from '../../src/demo/place.ts';
import { awsEstate } from '../../src/demo/estate/aws.ts';
import { azureEstate } from '../../src/demo/estate/azure.ts';
import { googleEstate } from '../../src/demo/estate/google.ts';
import { ROOT, run } from './cli.ts';

const left = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('portcullis-demo-'));

/** What stands the same in every run. */
const steady = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/[0-9A-HJKMNP-TV-Z]{26}.*|plan-[0-9a-f]+.*/g, '').trimEnd())
    .filter((line) => line.trim() !== '' && !line.includes('…'));

describe('portcullis demo', () => {
  it('tells its whole story, as the README shows it, and leaves nothing behind', async () => {
    const before = left();
    const { code, stdout } = await run('node', [path.join(ROOT, 'dist/bin.js'), 'demo', '--fast'], {
      cwd: tmpdir(),
    });
    expect(code).toBe(0);
    const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const shown = /## Without a cloud[\s\S]*?```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const lines = steady(shown);
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) expect(stdout).toContain(line);
    expect(left()).toEqual(before);
  });
});

describe('a demo that is interrupted', () => {
  it('tells nothing of what it did not do, and leaves nothing behind', async () => {
    const before = left();
    const child = spawn(process.execPath, [path.join(ROOT, 'dist/bin.js'), 'demo', '--fast'], {
      cwd: tmpdir(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      // Once: whoever does it twice wants it to be gone at once.
      if (!child.killed && told.includes('== A sweep')) child.kill('SIGINT');
    });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect(code).toBe(0);
    expect(told).not.toContain('== What it found');
    expect(left()).toEqual(before);
  });
});

describe('the estate of the demo', () => {
  it('is the same every time', () => {
    expect(awsEstate()).toEqual(awsEstate());
    expect(azureEstate()).toEqual(azureEstate());
    expect(googleEstate()).toEqual(googleEstate());
  });

  describe('after a repair was taken back', () => {
    let place: DemoPlace;
    beforeAll(async () => {
      place = await openPlace({ port: 0, node: 'test' });
    });
    afterAll(async () => await place.close());

    it('has the tags that it had before', async () => {
      const { fleet, clouds } = place;
      const tags = () =>
        JSON.stringify([clouds.aws.estate(), clouds.azure.estate(), clouds.google.estate()]);
      const ended = async (id: string) => {
        for (;;) {
          const sweep = await fleet.sweep(id);
          if (sweep.state !== 'running') return sweep;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };
      const before = tags();
      await ended((await fleet.startSweep({ name: 'demo' }, 'test')).id);
      const asked = { rules: ['tagging.owner'], accounts: [...clouds.readable] };
      const { plan } = await fleet.planRepair(asked, 'test');
      const done = await settled(place, plan.id);
      expect(done.tally['verified']).toBe(plan.changes.length);
      expect(tags()).not.toBe(before);
      const undo = await fleet.planUndo(done.run.id, 'test');
      await settled(place, undo.plan.id);
      expect(sorted(tags())).toEqual(sorted(before));
    });
  });
});

async function settled({ fleet }: DemoPlace, plan: string) {
  let seen = await fleet.applyRepair(plan, { actor: 'test', dryRun: false });
  while (seen.run.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen = await fleet.repairRun(seen.run.id);
  }
  return seen;
}

/** The order of tags, and fingerprints that count writes, are no part of what was restored. */
function sorted(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (/fingerprint|etag|metageneration|settingsVersion/i.test(key)) return undefined;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    const entries = Object.entries(value).filter(([, member]) => JSON.stringify(member) !== '{}');
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
