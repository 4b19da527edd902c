import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { POLICY_BUILTINS } from '../../../../src/engine/toolchain/capabilities.ts';
import { SHIPPED_ARTEFACT } from '../../../../src/engine/toolchain/artefact.ts';
import { wasmToolchain } from '../../../../src/engine/toolchain/wasm-toolchain.ts';

const ENDLESS = {
  'a.rego':
    'package a\n\nx if {\n\tsome i in numbers.range(1, 10000)\n\tsome j in numbers.range(1, 10000)\n\ti * j == -1\n}\n',
};
const GREEDY = {
  'a.rego':
    'package a\n\nx := count([[i, j] | some i in numbers.range(1, 3000); some j in numbers.range(1, 3000)])\n',
};

function damagedCopy(damage: (folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'toolchain-'));
  cpSync(SHIPPED_ARTEFACT, folder, { recursive: true });
  damage(folder);
  return folder;
}

describe('limits of the toolchain', { timeout: 180_000 }, () => {
  it('is ended at its deadline, and serves the next one', async () => {
    const toolchain = wasmToolchain({ deadlineMs: 2500 });
    await expect(toolchain.evaluate(ENDLESS, 'data.a.x', {})).rejects.toMatchObject({
      code: 'TOOLCHAIN_TIMEOUT',
    });
    const patient = wasmToolchain();
    await expect(patient.evaluate({}, '1 + 1', {})).resolves.toBe(2);
  });

  it('is ended at its memory limit', async () => {
    const toolchain = wasmToolchain({ memoryBytes: 96 << 20 });
    await expect(toolchain.evaluate(GREEDY, 'data.a.x', {})).rejects.toMatchObject({
      code: 'TOOLCHAIN_MEMORY',
    });
  });

  it('refuses sources that are nested beyond reason', async () => {
    const deep = `package a\nx := ${'['.repeat(60_000)}${']'.repeat(60_000)}\n`;
    await expect(wasmToolchain().format({ 'a.rego': deep })).rejects.toHaveProperty(
      'code',
      expect.stringMatching(/TOOLCHAIN_(MEMORY|REJECTED)/),
    );
  });

  it('ends what is running when it is closed', async () => {
    const toolchain = wasmToolchain();
    const running = expect(toolchain.evaluate(ENDLESS, 'data.a.x', {})).rejects.toMatchObject({
      code: 'TOOLCHAIN_BROKEN',
    });
    await toolchain.close();
    await running;
  });

  it.each([
    [
      'cut off',
      (folder: string) =>
        writeFileSync(
          join(folder, 'toolchain.wasm.br'),
          readFileSync(join(folder, 'toolchain.wasm.br')).subarray(0, 1000),
        ),
    ],
    [
      'of another digest',
      (folder: string) =>
        writeFileSync(
          join(folder, 'toolchain.json'),
          JSON.stringify({ digest: `sha256:${'0'.repeat(64)}`, bytes: 1 << 27, opa: '1', go: '1' }),
        ),
    ],
  ])('does not run a module that is %s', async (_what, damage) => {
    const toolchain = wasmToolchain({ artefact: damagedCopy(damage) });
    await expect(toolchain.evaluate({}, '1', {})).rejects.toMatchObject({
      code: 'TOOLCHAIN_BROKEN',
    });
  });

  it('does not start without a manifest', () => {
    expect(() => wasmToolchain({ artefact: tmpdir() })).toThrow(/toolchain\.json/);
  });
});

describe('POLICY_BUILTINS', { timeout: 180_000 }, () => {
  it('are all known to the compiler, and none reaches outside', async () => {
    expect(POLICY_BUILTINS).toContain('sprintf');
    expect(POLICY_BUILTINS.filter((name) => /^(http|opa)\.|lookup/.test(name))).toEqual([]);
    await expect(
      wasmToolchain().check({ 'a.rego': 'package a\n\nx := sprintf("%d", [1])\n' }),
    ).resolves.toEqual([]);
  });
});
