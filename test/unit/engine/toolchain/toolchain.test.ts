import { afterAll, describe, expect, it } from 'vitest';

import { ToolchainError } from '../../../../src/engine/toolchain/errors.ts';
import { wasmToolchain } from '../../../../src/engine/toolchain/wasm-toolchain.ts';

const toolchain = wasmToolchain();
afterAll(() => toolchain.close());

const FILE = 'policies/tagging/owner/owner.rego';

const OWNER = `package policies.tagging.owner

# METADATA
# title: Owners
# entrypoint: true
# custom:
#   id: T-1
violations contains resource.address if {
	some resource in input.resources
	not _owned(resource)
}

_owned(resource) if trim_space(resource.tags.owner) != ""
`;

async function rejection(work: Promise<unknown>): Promise<ToolchainError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof ToolchainError) return thrown;
    throw thrown;
  }
  throw new Error('it was not rejected');
}

describe('build', { timeout: 180_000 }, () => {
  it('gives a WebAssembly module and the plan of the same entrypoints, the same bytes each time', async () => {
    const [once, again] = await Promise.all(
      [1, 2].map(() => toolchain.build({ [FILE]: OWNER }, ['policies/tagging/owner/violations'])),
    );
    expect(
      WebAssembly.Module.exports(new WebAssembly.Module(once!.wasm)).map(({ name }) => name),
    ).toContain('opa_eval');
    expect(JSON.parse(once!.plan)).toMatchObject({
      plans: { plans: [{ name: 'policies/tagging/owner/violations' }] },
    });
    expect(Buffer.from(again!.wasm).equals(Buffer.from(once!.wasm))).toBe(true);
    expect(again!.plan).toBe(once!.plan);
  });

  it('mounts data files under the path of their folder', async () => {
    const files = {
      [FILE]: OWNER,
      'policies/tagging/data.yaml': 'keys: [owner]',
      'lib/data.json': '{"regions": {"eu": true}}',
    };
    const { data } = await toolchain.build(files, ['policies/tagging/owner/violations']);
    expect(JSON.parse(data)).toEqual({
      policies: { tagging: { keys: ['owner'] } },
      lib: { regions: { eu: true } },
    });
  });

  it.each([
    ['a parse error', 'package a\n\nx := {', 'rego_parse_error', 3],
    ['an unsafe variable', 'package a\n\nx if y > 1', 'rego_unsafe_var_error', 3],
    ['a type error', 'package a\n\nx := count(1)', 'rego_type_error', 3],
    ['a builtin that no host answers', 'package a\n\nx := http.send({})', 'rego_type_error', 3],
    ['the environment of the process', 'package a\n\nx := opa.runtime()', 'rego_type_error', 3],
    [
      'a look-up by name',
      'package a\n\nx := net.lookup_ip_addr("a.example")',
      'rego_type_error',
      3,
    ],
  ])('places %s', async (_what, source, code, line) => {
    const error = await rejection(toolchain.build({ 'a/a.rego': source }, ['a/x']));
    expect(error.code).toBe('TOOLCHAIN_REJECTED');
    expect(error.diagnostics[0]).toMatchObject({ code, file: 'a/a.rego', line });
    expect(error.diagnostics[0]?.column).toBeGreaterThan(0);
  });

  it('reports every file that does not parse', async () => {
    const error = await rejection(
      toolchain.build({ 'a.rego': 'package', 'b.rego': 'package b\nx := [' }, ['b/x']),
    );
    expect(new Set(error.diagnostics.map(({ file }) => file))).toEqual(
      new Set(['a.rego', 'b.rego']),
    );
  });

  it('refuses an entrypoint that is not there', async () => {
    const error = await rejection(toolchain.build({ 'a.rego': 'package a\nx := 1' }, ['a/y']));
    expect(error.message).toContain('a/y');
  });
});

describe('check', { timeout: 180_000 }, () => {
  it('finds nothing wrong with sound sources', async () => {
    expect(await toolchain.check({ [FILE]: OWNER })).toEqual([]);
  });

  it('is strict: an unused import and an unused variable are errors with their lines', async () => {
    const source = 'package a\n\nimport data.b\n\nx if {\n\ty := 1\n}\n';
    const found = await toolchain.check({ 'a.rego': source });
    expect(found.map(({ line }) => line).sort()).toEqual([3, 6]);
  });

  it('checks reads of input against its schema', async () => {
    const schema = {
      type: 'object',
      properties: {
        resources: {
          type: 'array',
          items: {
            type: 'object',
            properties: { address: { type: 'string' } },
            additionalProperties: false,
          },
        },
      },
      additionalProperties: false,
    };
    const source = (field: string) => ({
      'a.rego': `package a\n\nx contains r.${field} if some r in input.resources\n`,
    });
    expect(await toolchain.check(source('address'), schema)).toEqual([]);
    expect(await toolchain.check(source('adress'), schema)).toMatchObject([
      { code: 'rego_type_error', line: 3 },
    ]);
  });
});

describe('format', { timeout: 180_000 }, () => {
  it('formats as opa fmt, and leaves formatted text alone', async () => {
    const formatted = await toolchain.format({ 'a.rego': 'package a\nx:=1\n', [FILE]: OWNER });
    expect(formatted).toEqual({ 'a.rego': 'package a\n\nx := 1\n', [FILE]: OWNER });
  });

  it('says where it cannot read', async () => {
    const error = await rejection(toolchain.format({ 'a.rego': 'package a\nx := ' }));
    expect(error.place).toMatchObject({ file: 'a.rego', line: 2 });
  });
});

describe('test', { timeout: 180_000 }, () => {
  const testFile = (body: string) => ({
    [FILE]: OWNER,
    'policies/tagging/owner/owner_test.rego': `package policies.tagging.owner_test\n\nimport data.policies.tagging.owner\n\n${body}`,
  });

  it('runs tests and counts what they covered of the policies', async () => {
    const report = await toolchain.test(
      testFile(
        'test_fail_none if "a" in owner.violations with input as {"resources": [{"address": "a", "tags": {"owner": " "}}]}',
      ),
    );
    expect(report.cases).toMatchObject([
      { name: 'test_fail_none', outcome: 'pass', package: 'policies.tagging.owner_test', line: 5 },
    ]);
    expect(report.files).toEqual([{ file: FILE, percent: 80, notCovered: [{ from: 13, to: 13 }] }]);
    expect(report.coverage).toBe(80);
  });

  it('tells failing, broken and skipped tests apart, and keeps what they print', async () => {
    const { cases } = await toolchain.test(
      testFile(
        'test_a if {\n\tprint("seen", 1)\n\t1 == 2\n}\n\ntodo_test_b if false\n\ntest_c if {\n\tf(1) == 1\n}\n\nf(x) := 1 if x == 1\n\nf(x) := 2 if x == 1\n',
      ),
    );
    expect(cases.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['test_a', 'fail'],
      ['todo_test_b', 'skip'],
      ['test_c', 'error'],
    ]);
    expect(cases[0]?.message).toBe('seen 1');
  });

  it('treats a builtin that fails as undefined, as the gate does', async () => {
    const { cases } = await toolchain.test(testFile('test_not_a_number if not to_number("x")'));
    expect(cases).toMatchObject([{ outcome: 'pass' }]);
  });
});

describe('inspect', { timeout: 180_000 }, () => {
  it('lists packages, metadata with custom parts, and builtins', async () => {
    const found = await toolchain.inspect({ [FILE]: OWNER });
    expect(found.packages).toEqual([{ package: 'policies.tagging.owner', file: FILE }]);
    expect(found.annotations).toEqual([
      {
        package: 'policies.tagging.owner',
        scope: 'document',
        path: 'data.policies.tagging.owner.violations',
        file: FILE,
        line: 3,
        title: 'Owners',
        entrypoint: true,
        custom: { id: 'T-1' },
      },
    ]);
    expect(found.builtins).toEqual(
      expect.arrayContaining(['internal.member_2', 'neq', 'trim_space']),
    );
  });
});

describe('evaluate', { timeout: 180_000 }, () => {
  it('answers by OPA’s own evaluator', async () => {
    const input = { resources: [{ address: 'a' }, { address: 'b', tags: { owner: 'ada' } }] };
    expect(
      await toolchain.evaluate({ [FILE]: OWNER }, 'data.policies.tagging.owner.violations', input),
    ).toEqual(['a']);
  });

  it('tells undefined from null', async () => {
    expect(
      await toolchain.evaluate({ 'a.rego': 'package a\nx := null' }, 'data.a.x', {}),
    ).toBeNull();
    expect(
      await toolchain.evaluate({ 'a.rego': 'package a\nx := null' }, 'data.a.y', {}),
    ).toBeUndefined();
  });
});
