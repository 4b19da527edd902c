import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { showBinaryPlan } from '../../../src/cli/show-plan.ts';
import type { ShowPlanOptions } from '../../../src/cli/show-plan.ts';
import { isBinaryPlan } from '../../../src/sources/terraform-plan/binary.ts';
import { normaliseDocument } from '../../../src/sources/registry.ts';
import { parseDocument } from '../../../src/sources/parse-document.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'show-plan-')));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'code', '.terraform'), { recursive: true });
  mkdirSync(join(folder, 'code', 'out'));
  writeFileSync(join(folder, 'code', 'out', 'tfplan'), 'PK');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function tool(name: string, script: string): void {
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

function show(options: Partial<ShowPlanOptions> = {}, file = 'code/out/tfplan'): Promise<string> {
  const all = {
    cwd: folder,
    env: {},
    searchPath: [join(folder, 'bin')],
    chdir: undefined,
    bytes: 1000,
    ...options,
  };
  return showBinaryPlan(file, all).then((bytes) => Buffer.from(bytes).toString());
}

describe('a binary plan', () => {
  test('is shown in the initialised folder above it', async () => {
    tool('terraform', 'echo "$(pwd) $@"');
    const plan = join(folder, 'code', 'out', 'tfplan');
    expect(await show()).toBe(`${join(folder, 'code')} show -json -no-color ${plan}\n`);
  });

  test('is shown in the folder that is named, or the current one', async () => {
    tool('terraform', 'pwd');
    expect(await show({ chdir: 'bin' })).toBe(`${join(folder, 'bin')}\n`);
    rmSync(join(folder, 'code', '.terraform'), { recursive: true });
    expect(await show()).toBe(`${folder}\n`);
  });

  test('is shown by the tool that can read it', async () => {
    tool('terraform', 'echo "not mine" >&2; exit 1');
    tool('tofu', 'echo "{}"');
    expect(await show()).toBe('{}\n');
  });

  test('goes on with nobody: what each tool said is passed on in a line, without what moves a cursor', async () => {
    tool(
      'terraform',
      String.raw`printf 'Warning: x\n│ \033[31mError: providers\033[0m\n│  are missing\n' >&2; exit 1`,
    );
    tool('tofu', 'exit 3');
    await expect(show()).rejects.toMatchObject({
      code: 'SOURCE_UNUSABLE',
      message: expect.stringMatching(
        /: terraform: Error: providers.* are missing; tofu: ended with 3$/,
      ) as string,
      help: expect.stringContaining('--chdir') as string,
      place: { file: 'code/out/tfplan' },
    });
    const message = await show().catch((error: unknown) => String(error));
    expect(message).not.toContain('\u001b');
  });

  test('without a tool, the message says what to run where', async () => {
    await expect(show()).rejects.toMatchObject({
      code: 'SOURCE_UNUSABLE',
      help: expect.stringContaining('terraform show -json code/out/tfplan') as string,
    });
  });

  test('is never shown by a tool from a relative folder of the path', async () => {
    tool('terraform', 'echo "{}"');
    await expect(show({ searchPath: ['bin', '', '.'] })).rejects.toMatchObject({
      code: 'SOURCE_UNUSABLE',
    });
  });

  test('that becomes too large is refused', async () => {
    tool('terraform', 'while :; do echo xxxxxxxxxxxxxxxx; done');
    await expect(show()).rejects.toMatchObject({ code: 'SOURCE_TOO_LARGE' });
  });

  test('is not waited for without end', async () => {
    tool('terraform', 'exec sleep 60');
    await expect(show({ timeoutMs: 50 })).rejects.toMatchObject({
      message: expect.stringContaining('no answer within 50 ms') as string,
    });
  });

  test('cannot come from a pipe', async () => {
    tool('terraform', 'echo "{}"');
    await expect(show({}, '-')).rejects.toMatchObject({
      message: expect.stringContaining('from a file') as string,
    });
  });
});

const searchPath = (process.env['PATH'] ?? '').split(delimiter);
const terraform = findTerraform();
if (terraform === undefined)
  console.warn('terraform is not on the PATH: showing a real plan is skipped.');

describe.skipIf(terraform === undefined)('with a real terraform', () => {
  test('a plan that it saved becomes resources', async () => {
    // The machine may name a configuration of the command line that does not exist.
    const rc = join(folder, 'rc');
    writeFileSync(rc, '');
    const env = { ...process.env, TF_CLI_CONFIG_FILE: rc };
    const cwd = join(folder, 'real');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'main.tf'), 'resource "terraform_data" "one" {\n  input = "x"\n}\n');
    execFileSync('terraform', ['init'], { cwd, env, stdio: 'pipe' });
    execFileSync('terraform', ['plan', '-out=tfplan'], { cwd, env, stdio: 'pipe' });
    const plan = join(cwd, 'tfplan');
    expect(isBinaryPlan(readFileSync(plan))).toBe(true);
    const bytes = await showBinaryPlan(plan, {
      cwd: folder,
      searchPath,
      chdir: undefined,
      bytes: 1_000_000,
    });
    const { resources } = normaliseDocument(
      parseDocument(bytes, plan, { bytes: 1e6, yamlBytes: 1_048_576, depth: 64, members: 1e5 }),
    );
    expect(resources).toMatchObject([
      {
        address: 'terraform_data.one',
        provider: 'terraform',
        action: 'create',
        unknown: ['id', 'output'],
      },
    ]);
  });
});

function findTerraform(): string | undefined {
  try {
    return execFileSync('terraform', ['version', '-json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
  } catch {
    return undefined;
  }
}
