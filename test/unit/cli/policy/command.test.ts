import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Io } from '../../../../src/cli/io.ts';
import { runProgram } from '../../../../src/cli/program.ts';
import { loadConfig } from '../../../../src/config/load.ts';

const cwd = mkdtempSync(join(tmpdir(), 'portcullis-policy-'));
const POLICY = join(cwd, 'policies/tagging/data_class');

async function portcullis(...args: string[]) {
  const result = { stdout: '', stderr: '', code: 0 };
  const io: Io = {
    stdout: { write: (text) => (result.stdout += text) },
    stderr: { write: (text) => (result.stderr += text) },
    stdin: Readable.from([]),
    cwd,
    colour: false,
    interactive: false,
    columns: 200,
    env: {},
    searchPath: [],
    token: undefined,
    loadConfig: (file) => loadConfig({ cwd, env: {}, ...(file !== undefined && { file }) }),
    watchInterrupt: () => ({ came: Promise.resolve(), release: () => undefined }),
    setExitCode: (code) => (result.code = code),
  };
  await runProgram(args, io);
  return result;
}

const policy = (...args: string[]) => portcullis('policy', ...args, '--policies', 'policies');

/** Runs with one file changed, and puts it back. */
async function changed<T>(
  file: string,
  change: (text: string) => string,
  work: () => Promise<T>,
): Promise<T> {
  const text = readFileSync(join(POLICY, file), 'utf8');
  writeFileSync(join(POLICY, file), change(text));
  try {
    return await work();
  } finally {
    writeFileSync(join(POLICY, file), text);
  }
}

describe('portcullis policy', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    expect(await policy('new', 'tagging/data_class')).toMatchObject({ code: 0, stderr: '' });
  });

  it('new writes the four files, and no second time', async () => {
    expect(readdirSync(POLICY).sort()).toEqual([
      'data_class.rego',
      'data_class_test.rego',
      'examples.yaml',
      'readme.md',
    ]);
    expect(await policy('new', 'tagging/data_class')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('is there already') as string,
    });
  });

  it.each(['tagging', 'Tagging/x', 'tagging/x/y', '../x/y', 'lib/x'])(
    'new refuses %s',
    async (place) => {
      expect(await policy('new', place)).toMatchObject({ code: 3 });
    },
  );

  it('a new policy passes test, check, fmt and docs as it is', async () => {
    const tested = await policy('test', '--coverage');
    expect(tested.stdout).toContain(
      'ok    tagging/data_class  LOCAL-TAGGING-DATA-CLASS  3 tests, 5 examples',
    );
    expect(tested.stdout).toContain('1 policy, 3 tests, 5 examples, coverage 100.0 %, all passed');
    expect(tested.code).toBe(0);
    expect(await policy('check')).toMatchObject({ code: 0, stdout: '1 policy is right\n' });
    expect(await policy('fmt', '--check')).toMatchObject({ code: 0, stdout: '' });
    expect(await policy('docs', '--check')).toMatchObject({ code: 0, stdout: '' });
  });

  it('test fails when a policy says something else, and writes JUnit', async () => {
    const broken = await changed(
      'data_class.rego',
      (text) => text.replace('not _classified', '_classified'),
      () => policy('test', '--junit', 'out/junit.xml'),
    );
    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain('FAIL  tagging/data_class');
    expect(broken.stdout).toContain('policies/tagging/data_class/examples.yaml:2');
    expect(broken.stdout).toContain('policies/tagging/data_class/data_class_test.rego:5');
    expect(readFileSync(join(cwd, 'out/junit.xml'), 'utf8')).toMatch(
      /<testsuite name="tagging\/data_class" tests="8" failures="\d+"/,
    );
  });

  it('test fails when an example asks for what the policy does not read', async () => {
    const broken = await changed(
      'data_class.rego',
      (text) => text.replace('reads: [tags.data_class]', 'reads: [tags.other]'),
      () => policy('test'),
    );
    expect(broken.code).toBe(1);
  });

  it('test of nothing is no pass', async () => {
    expect(await policy('test', 'nothing')).toMatchObject({ code: 3 });
    const untested = await changed(
      'data_class_test.rego',
      () => 'package policies.tagging.data_class_test\n',
      () => policy('test'),
    );
    expect(untested).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('it has no Rego tests') as string,
    });
  });

  it.each([
    [
      'a misspelt field',
      'data_class.rego',
      (text: string) => text.replace('"path": "tags.data_class"', '"path": resource.pathh'),
      /data_class\.rego:28:\d+: undefined ref: input|undefined ref: resource\.pathh/,
    ],
    [
      'a fact that is none',
      'data_class.rego',
      (text: string) => text.replace('[facts.taggable]', '[facts.tagable]'),
      /facts\.tagable: the catalogue has no fact tagable/,
    ],
    [
      'a severity that is none',
      'data_class.rego',
      (text: string) => text.replace('medium', 'hugh'),
      /data_class\.rego:7:15: severity:/,
    ],
    [
      'an unused variable',
      'data_class.rego',
      (text: string) => text.replace('not _classified', 'unused := 1\n\tnot _classified'),
      /assigned var unused unused/,
    ],
    [
      'text that is not formatted',
      'data_class.rego',
      (text: string) => text.replace('\tnot', '\t\tnot'),
      /is not formatted/,
    ],
    [
      'a misspelt key of an example',
      'examples.yaml',
      (text: string) => text.replace('facts:', 'fact:'),
      /examples\.yaml:4:\d+ .*unknown key fact/,
    ],
    [
      'Rego that does not parse',
      'data_class.rego',
      (text: string) => `${text}\n}`,
      /rego_parse_error/,
    ],
  ])('check finds %s', async (_what, file, change, message) => {
    const result = await changed(file, change, () => policy('check'));
    expect(result).toMatchObject({ code: 1, stdout: expect.stringMatching(message) as string });
  });

  it('fmt formats and docs writes what is out of date', async () => {
    const text = readFileSync(join(POLICY, 'data_class.rego'), 'utf8');
    const page = readFileSync(join(POLICY, 'readme.md'), 'utf8');
    writeFileSync(join(POLICY, 'data_class.rego'), text.replace('\tnot', '\t\tnot'));
    writeFileSync(join(POLICY, 'readme.md'), '# Old');
    expect(await policy('docs', '--check')).toMatchObject({
      code: 1,
      stdout: 'policies/tagging/data_class/readme.md\n',
    });
    expect(await policy('fmt', '--write')).toMatchObject({
      code: 0,
      stdout: 'policies/tagging/data_class/data_class.rego\n',
    });
    expect(await policy('docs')).toMatchObject({ code: 0 });
    expect(readFileSync(join(POLICY, 'data_class.rego'), 'utf8')).toBe(text);
    expect(readFileSync(join(POLICY, 'readme.md'), 'utf8')).toBe(page);
  });

  it('list and show say what there is', async () => {
    expect((await policy('list')).stdout).toMatch(
      /LOCAL-TAGGING-DATA-CLASS\s+medium\s+tagging\/data_class/,
    );
    const listed: unknown = JSON.parse((await policy('list', '--output', 'json')).stdout);
    expect(listed).toMatchObject({ policies: [{ id: 'LOCAL-TAGGING-DATA-CLASS' }] });
    expect((await policy('show', 'tagging/data_class')).stdout).toContain(
      'Set the tag data_class to one of the allowed values.',
    );
    expect(await policy('show', 'X-Y-1')).toMatchObject({ code: 3 });
  });

  it('build writes a bundle whose manifest names the entrypoint, the same bytes each time', async () => {
    expect(await policy('build', '-o', 'a.tar.gz')).toMatchObject({ code: 0 });
    expect(await policy('build', '-o', 'b.tar.gz')).toMatchObject({ code: 0 });
    const [a, b] = ['a', 'b'].map((name) => readFileSync(join(cwd, `${name}.tar.gz`)));
    expect(a!.equals(b!)).toBe(true);
    expect(gunzipSync(a!).toString('latin1')).toContain(
      '"wasm":[{"entrypoint":"policies/tagging/data_class/violations","module":"/policy.wasm"}]',
    );
    expect(await policy('build', '-o', 'folder')).toMatchObject({ code: 0 });
    expect(readdirSync(join(cwd, 'folder')).sort()).toEqual([
      '.manifest',
      'data.json',
      'plan.json',
      'policy.wasm',
    ]);
  });
});
