import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { PolicyError } from '../../../../src/engine/policy-set/errors.ts';
import { loadPolicySet } from '../../../../src/engine/policy-set/load.ts';
import { wasmToolchain } from '../../../../src/engine/toolchain/wasm-toolchain.ts';
import { folderOf, policyText } from './policy-folder.ts';

const shared = wasmToolchain();
afterAll(() => shared.close());

/** The one toolchain of this file, counting how often it compiles. */
function counted() {
  const counter = { builds: 0 };
  const toolchain = () => ({
    ...shared,
    build: (...args: Parameters<typeof shared.build>) => {
      counter.builds += 1;
      return shared.build(...args);
    },
    close: () => Promise.resolve(),
  });
  return { counter, toolchain };
}

async function problemsOf(files: Record<string, string>): Promise<string[]> {
  const folder = folderOf(files);
  try {
    await loadPolicySet({ folders: [folder], toolchain: counted().toolchain });
  } catch (thrown) {
    if (!(thrown instanceof PolicyError)) throw thrown;
    return thrown.problems.map(
      ({ message, place }) =>
        `${place.file?.slice(folder.length + 1)}:${place.line ?? '-'} ${message}`,
    );
  }
  return [];
}

const OWNER = 'tagging/owner/owner.rego';

describe('loadPolicySet', { timeout: 180_000 }, () => {
  it('gives the policies with their metadata, defaults filled in, and one module for all of them', async () => {
    const folder = folderOf({
      [OWNER]: policyText(),
      'tagging/team/team.rego': policyText({ id: 'T-TAG-002', package: 'policies.tagging.team' }),
      'lib/tags.rego': 'package lib.tags\n\nnames := {"owner"}\n',
      'tagging/owner/data.json': '{"teams": ["core"]}',
    });
    const { policies, wasm, plan, data, digest } = await loadPolicySet({
      folders: [folder],
      toolchain: counted().toolchain,
    });
    expect(policies.map(({ id }) => id)).toEqual(['T-TAG-001', 'T-TAG-002']);
    expect(policies[0]).toMatchObject({
      title: 'Owners are named',
      package: 'policies.tagging.owner',
      entrypoint: 'policies/tagging/owner/violations',
      folder: 'policies/tagging/owner',
      related: [],
      actions: ['create', 'update', 'replace', 'none', 'present'],
    });
    expect(
      WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ module }) => module),
    ).toContain('env');
    expect(plan).toContain('policies/tagging/team/violations');
    expect(JSON.parse(data)).toEqual({ policies: { tagging: { owner: { teams: ['core'] } } } });
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('takes policies from several folders, and refuses the same policy twice', async () => {
    const [a, b] = [
      folderOf({ [OWNER]: policyText() }),
      folderOf({
        'cost/cap/cap.rego': policyText({ id: 'T-CST-001', package: 'policies.cost.cap' }),
      }),
    ];
    const { toolchain } = counted();
    expect((await loadPolicySet({ folders: [a, b], toolchain })).policies).toHaveLength(2);
    await expect(
      loadPolicySet({ folders: [a, folderOf({ [OWNER]: policyText() })], toolchain }),
    ).rejects.toThrow(/stands already in/);
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      'a severity that is none',
      {
        [OWNER]: policyText({
          custom: '#   severity: hugh\n#   kinds: ["*"]\n#   reads: [tags.owner]\n#   remedy: x',
        }),
      },
      [`${OWNER}:6 severity: Invalid option: expected one of "low"|"medium"|"high"|"critical"`],
    ],
    [
      'an unknown key',
      {
        [OWNER]: policyText({
          custom:
            '#   severity: low\n#   kinds: ["*"]\n#   reads: [tags.owner]\n#   remedy: x\n#   sevrity: low',
        }),
      },
      [`${OWNER}:10 custom: unknown key sevrity`],
    ],
    [
      'an id of another form',
      { [OWNER]: policyText({ id: 'owner' }) },
      [`${OWNER}:5 id: looks like PC-TAG-001`],
    ],
    [
      'no title',
      { [OWNER]: policyText({ head: '# description: x' }) },
      [`${OWNER}:1 the METADATA has no title`],
    ],
    [
      'no metadata at all',
      {
        [OWNER]:
          'package policies.tagging.owner\n\n# METADATA\n# entrypoint: true\nviolations contains 1 if input.x\n',
      },
      [expect.stringMatching(/owner\.rego:1 the package has no METADATA comment/) as string],
    ],
    [
      'no entrypoint',
      { [OWNER]: policyText({ entrypoint: '# METADATA\n# title: x' }) },
      [`${OWNER}:1 no rule \`violations\` with the METADATA \`entrypoint: true\` above it`],
    ],
    [
      'a package that is not its folder’s',
      { [OWNER]: policyText({ package: 'policies.tags.owner' }) },
      [
        `${OWNER}:1 its package is that of its folder, policies.tagging.owner, not policies.tags.owner`,
      ],
    ],
    [
      'no file of its name',
      { 'tagging/owner/other.rego': policyText() },
      ['tagging/owner/other.rego:- its folder has no owner.rego'],
    ],
    [
      'Rego where no policy lies',
      { [OWNER]: policyText(), 'loose.rego': 'package policies.loose\n' },
      [expect.stringMatching(/^loose\.rego:1 a policy lies in <area>\/<name>\//) as string],
    ],
    [
      'library code of another package',
      { [OWNER]: policyText(), 'lib/a.rego': 'package policies.lib.a\n' },
      ['lib/a.rego:1 is library code: its package begins with lib., not policies.lib.a'],
    ],
    [
      'the same id twice',
      {
        [OWNER]: policyText(),
        'tagging/team/team.rego': policyText({ package: 'policies.tagging.team' }),
      },
      [
        expect.stringMatching(
          /^tagging\/team\/team\.rego:1 the id T-TAG-001 is taken by .*owner\.rego/,
        ) as string,
      ],
    ],
    [
      'a parameter that is no schema',
      {
        [OWNER]: policyText({
          custom:
            '#   severity: low\n#   kinds: ["*"]\n#   reads: [tags.owner]\n#   remedy: x\n#   parameters:\n#     keys: {type: strin}',
        }),
      },
      [expect.stringMatching(/owner\.rego:11 parameters\.keys: is no JSON Schema/) as string],
    ],
    [
      'a default that does not fit',
      {
        [OWNER]: policyText({
          custom:
            '#   severity: low\n#   kinds: ["*"]\n#   reads: ["tags.{keys}"]\n#   remedy: x\n#   parameters:\n#     keys: {type: array, default: owner}',
        }),
      },
      [`${OWNER}:11 parameters.keys: the default does not fit: default must be array`],
    ],
    [
      'a read of a parameter that is not there',
      {
        [OWNER]: policyText({
          custom: '#   severity: low\n#   kinds: ["*"]\n#   reads: ["tags.{keys}"]\n#   remedy: x',
        }),
      },
      [`${OWNER}:8 reads: tags.{keys} names a parameter keys that the policy does not have`],
    ],
    [
      'two things wrong in two policies',
      {
        [OWNER]: policyText({ id: 'x' }),
        'tagging/team/team.rego': policyText({ id: 'y', package: 'policies.tagging.team' }),
      },
      [
        `${OWNER}:5 id: looks like PC-TAG-001`,
        'tagging/team/team.rego:5 id: looks like PC-TAG-001',
      ],
    ],
  ])('refuses %s, with its place', async (_what, files, expected) => {
    expect(await problemsOf(files)).toEqual(expected);
  });

  it('says where the Rego does not compile', async () => {
    const [problem] = await problemsOf({ [OWNER]: `${policyText()}\n_x := nothing(1)\n` });
    expect(problem).toMatch(/^tagging\/owner\/owner\.rego:20 undefined function nothing/);
  });

  it('reads policies from their folder alone', async () => {
    const folder = folderOf({ [OWNER]: policyText() });
    symlinkSync('/etc/hostname', join(folder, 'tagging/owner/extra.rego'));
    await expect(
      loadPolicySet({ folders: [folder], toolchain: counted().toolchain }),
    ).rejects.toMatchObject({ code: 'POLICY_UNREADABLE' });
    await expect(
      loadPolicySet({ folders: [folderOf({ 'a.txt': '' })], toolchain: counted().toolchain }),
    ).rejects.toThrow(/no policies/);
    await expect(
      loadPolicySet({ folders: ['/nowhere'], toolchain: counted().toolchain }),
    ).rejects.toMatchObject({ code: 'POLICY_UNREADABLE' });
  });
});

describe('the cache of compiled sets', { timeout: 180_000 }, () => {
  it('is not needed: a folder that cannot be written costs the next start its compile', async () => {
    const folder = folderOf({ [OWNER]: policyText() });
    const { counter, toolchain } = counted();
    const load = () =>
      loadPolicySet({ folders: [folder], toolchain, cacheFolder: join(folder, OWNER) });
    expect(await load()).toEqual(await load());
    expect(counter.builds).toBe(2);
  });

  it('compiles once, again when a source changed, and not when a test or a page did', async () => {
    const [folder, cacheFolder] = [folderOf({ [OWNER]: policyText() }), folderOf({})];
    const { counter, toolchain } = counted();
    const load = () => loadPolicySet({ folders: [folder], toolchain, cacheFolder });
    const first = await load();
    expect(await load()).toEqual(first);
    writeFileSync(join(folder, 'tagging/owner/readme.md'), '# New');
    writeFileSync(
      join(folder, 'tagging/owner/owner_test.rego'),
      'package policies.tagging.owner_test\n',
    );
    expect((await load()).digest).toBe(first.digest);
    expect(counter.builds).toBe(1);
    writeFileSync(join(folder, OWNER), `${policyText()}\n_more := 1\n`);
    expect((await load()).digest).not.toBe(first.digest);
    expect(counter.builds).toBe(2);
  });

  it('takes what came compiled with the program, and writes nothing', async () => {
    const folder = folderOf({ [OWNER]: policyText() });
    const [shippedFolder, cacheFolder] = [folderOf({}), folderOf({})];
    const { counter, toolchain } = counted();
    const first = await loadPolicySet({ folders: [folder], toolchain, cacheFolder: shippedFolder });
    const load = () => loadPolicySet({ folders: [folder], toolchain, cacheFolder, shippedFolder });
    expect(await load()).toEqual(first);
    expect(counter.builds).toBe(1);
    expect(readdirSync(cacheFolder)).toEqual([]);

    // Policies of one's own are compiled, and kept apart from what was shipped.
    writeFileSync(join(folder, OWNER), `${policyText()}\n_more := 1\n`);
    await load();
    expect(counter.builds).toBe(2);
    expect(readdirSync(shippedFolder)).toHaveLength(1);
    expect(readdirSync(cacheFolder)).toHaveLength(1);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, 500)],
    ['empty', () => ''],
    ['altered by one character', (text: string) => text.replace('T-TAG-001', 'T-TAG-009')],
    [
      'sealed, but of another shape',
      () => 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n{}',
    ],
    [
      'sealed, but no JSON',
      () => 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n',
    ],
  ])('compiles again when the entry is %s', async (_what, damage) => {
    const [folder, cacheFolder] = [folderOf({ [OWNER]: policyText() }), folderOf({})];
    const { counter, toolchain } = counted();
    const first = await loadPolicySet({ folders: [folder], toolchain, cacheFolder });
    const [entry = ''] = readdirSync(cacheFolder);
    writeFileSync(join(cacheFolder, entry), damage(readFileSync(join(cacheFolder, entry), 'utf8')));
    expect(await loadPolicySet({ folders: [folder], toolchain, cacheFolder })).toEqual(first);
    expect(counter.builds).toBe(2);
    await loadPolicySet({ folders: [folder], toolchain, cacheFolder });
    expect(counter.builds).toBe(2);
  });
});
