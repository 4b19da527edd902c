import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { Decision } from '../../src/model/decision.ts';
import { ROOT, run, temporaryFolder } from './cli.ts';

const SHOP = path.join(ROOT, 'fixtures/terraform-plan/web-shop/plan.json');

describe('npm pack', () => {
  it('gives a package whose command runs, and that is no larger than it must be', async () => {
    const { folder, dispose } = temporaryFolder();
    const packed = await run('npm', [
      ...['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
    ]);
    const tarball = path.join(folder, packed.stdout.trim().split('\n').at(-1) ?? '');
    expect(readFileSync(tarball).byteLength).toBeLessThan(12 * 1024 * 1024);
    const { stdout: listed } = await run('tar', ['-tzf', tarball]);
    expect(listed).not.toMatch(/tsbuildinfo|\.test\.|node_modules|\.cache/);
    await run('tar', ['-xzf', tarball, '-C', folder]);
    const home = path.join(folder, 'package');
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(home, 'node_modules'));
    const { bin } = z
      .object({ bin: z.object({ portcullis: z.string() }) })
      .parse(JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')));
    const ran = await run('node', [path.join(home, bin.portcullis), 'check', SHOP, '-o', 'json'], {
      cwd: folder,
    });
    dispose();
    expect(ran.code).toBe(1);
    expect(Decision.parse(JSON.parse(ran.stdout)).decision).toBe('deny');
  }, 180_000);
});
