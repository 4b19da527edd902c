import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseRules } from '../../src/bindings/parse-rules.ts';
import type { RuleSet } from '../../src/bindings/rule.ts';
import { toResources } from '../../src/catalogue/resolve.ts';
import { documentLimits, loadPolicies } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load.ts';
import { readRuleFiles } from '../../src/config/rule-files.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { wasmEngine } from '../../src/engine/wasm/wasm-engine.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { normalise } from '../../src/normalise.ts';
import type { Resource } from '../../src/model/resource.ts';
import { DIALECTS } from '../../src/sources/source.ts';
import type { RawResource } from '../../src/sources/source.ts';
import { POLICY_CACHE, ROOT, temporaryFolder } from './cli.ts';

const PAIRS = path.join(ROOT, 'fixtures/live-pairs');
const SLOW = 300_000;

/** Fewer would not show that the clouds' words are understood. */
const LEAST_CASES = 40;
const LEAST_DECIDED = 3;

const CASES = readdirSync(PAIRS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: cloud }) =>
    readdirSync(path.join(PAIRS, cloud)).map((name) => ({
      name: `${cloud}/${name}`,
      folder: path.join(PAIRS, cloud, name),
    })),
  );

/** One resource as an inventory would hand it over. */
const Live = z.strictObject({
  dialect: z.enum(DIALECTS),
  address: z.string(),
  type: z.string(),
  scope: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  attributes: z.record(z.string(), z.unknown()),
});

/** What is said of the plan, what of the live resource, and why that is right. */
const Difference = z.strictObject({
  plan: z.unknown(),
  live: z.unknown(),
  why: z.string().min(20),
});
const Differences = z.record(z.string(), Difference);

const Expected = z.strictObject({
  resource: z.strictObject({ plan: z.string(), live: z.string() }),
  verdicts: z.record(z.string(), z.string()).default({}),
  /** By rule. */
  differs: Differences.optional(),
  /** By fact. */
  facts: Differences.optional(),
});
type Expected = z.infer<typeof Expected>;

/** By rule, or by fact. */
type Said = ReadonlyMap<string, unknown>;

interface Side {
  readonly resource: Resource;
  readonly verdicts: Said;
}

describe('the same rule gives the same verdict on the plan and on the live resource made from it', () => {
  const { folder: data, dispose } = temporaryFolder();
  const config = loadConfig({
    env: { PORTCULLIS_DATA: data, PORTCULLIS_POLICIES__CACHE: POLICY_CACHE },
    cwd: data,
  });
  let engine: Engine;
  let rules: RuleSet;

  beforeAll(async () => {
    const policySet = await loadPolicies(config);
    rules = parseRules(readRuleFiles(config.rules.folders), policySet.policies);
    engine = await wasmEngine({ policySet, workers: 1, memoryMiB: 64, queueLimit: 64 });
  }, SLOW);

  afterAll(async () => {
    await engine.close();
    dispose();
  });

  it('is shown by enough pairs', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(LEAST_CASES);
  });

  it.each(CASES)('$name', async ({ folder }) => {
    const file = path.join(folder, 'expected.json');
    const expected = Expected.parse(JSON.parse(readFileSync(file, 'utf8')));
    const plan = await side(planned(folder), expected.resource.plan);
    const live = await side(existing(folder), expected.resource.live);

    expect(live.resource.kind).toBe(plan.resource.kind);
    expect(disagreements(known(plan.resource), known(live.resource), expected.facts)).toEqual([]);
    const common = sharedBy(plan, live);
    const verdicts = { plan: only(plan.verdicts, common), live: only(live.verdicts, common) };
    expect(disagreements(verdicts.plan, verdicts.live, expected.differs)).toEqual([]);
    expect(decidedBy(verdicts.plan, verdicts.live).length).toBeGreaterThanOrEqual(LEAST_DECIDED);

    // Written by `npx vitest run test/e2e/live-pairs.test.ts -u`; reasons for a difference are written by hand.
    const essence = `${JSON.stringify(withVerdicts(expected, verdicts.plan, verdicts.live), null, 2)}\n`;
    await expect(essence).toMatchFileSnapshot(file);
  });

  /** The resources of one document beside each other, as gate and sweep judge them; what is said of one of them. */
  async function side(resources: readonly Resource[], address: string): Promise<Side> {
    const request = {
      resources,
      rules,
      point: 'sweep' as const,
      context: { point: 'sweep' },
      now: '2026-11-25T00:00:00Z',
      deadlineMs: 60_000,
    };
    const verdicts = await evaluate(request, engine);
    const resource = resources.find((one) => one.address === address);
    if (resource === undefined)
      throw new Error(`no resource ${address} in ${addressesOf(resources)}`);
    const own = verdicts.filter((one) => one.address === address);
    return { resource, verdicts: new Map(own.map(({ rule, verdict }) => [rule, verdict])) };
  }

  function planned(folder: string): readonly Resource[] {
    const bytes = readFileSync(path.join(folder, 'plan.json'));
    return normalise(documentLimits(config), { bytes, source: 'terraform-plan' }).resources;
  }

  /** Rules about a change that is under way judge one side only. */
  function sharedBy(plan: Side, live: Side): ReadonlySet<string> {
    const actions = [plan.resource.action, live.resource.action];
    const both = rules.rules.filter(({ policy }) =>
      actions.every((action) => policy.actions.includes(action)),
    );
    return new Set(both.map(({ id }) => id));
  }
});

describe('the folders of pairs', () => {
  it.each(CASES)('$name is complete', ({ folder }) => {
    const files = ['plan.json', 'live.json', 'expected.json'];
    expect(files.filter((file) => !existsSync(path.join(folder, file)))).toEqual([]);
  });
});

function existing(folder: string): readonly Resource[] {
  const document: unknown = JSON.parse(readFileSync(path.join(folder, 'live.json'), 'utf8'));
  return toResources(z.array(Live).parse([document].flat()).map(found));
}

const PROVIDERS: Partial<Record<RawResource['dialect'], string>> = {
  'aws-config': 'aws',
  'azure-resource': 'azure',
  'google-asset': 'gcp',
  kubernetes: 'kubernetes',
};

function found({ tags, ...live }: z.infer<typeof Live>): RawResource {
  return {
    ...live,
    provider: PROVIDERS[live.dialect] ?? 'unknown',
    action: 'present',
    unknown: [],
    sensitive: [],
    references: [],
    tags: { state: 'known', values: tags },
  };
}

function addressesOf(resources: readonly Resource[]): string {
  return resources.map(({ address }) => address).join(', ');
}

/** Facts that are known, and the tags as one. A plan knows no region unless its provider's code says it. */
function known({ facts, tags, unknown }: Resource): Said {
  const told = Object.entries(facts).filter(([name]) => name !== 'region');
  const tagged: [string, unknown][] = unknown.includes('tags') ? [] : [['tags', tags]];
  return new Map<string, unknown>([...told, ...tagged]);
}

function only(said: Said, names: ReadonlySet<string>): Said {
  return new Map([...said].filter(([name]) => names.has(name)));
}

/** What the two sides say differently and nobody has explained, and what is explained and does not differ. */
function disagreements(plan: Said, live: Said, explained: Expected['differs'] = {}): string[] {
  const both = [...plan.keys()].filter((name) => live.has(name));
  const differing = both.filter((name) => !same(plan.get(name), live.get(name)));
  const lines = differing
    .filter((name) => !isExplained(explained[name], plan.get(name), live.get(name)))
    .map((name) => `${name}: ${show(plan.get(name))} of the plan, ${show(live.get(name))} live`);
  const idle = Object.keys(explained).filter((name) => !differing.includes(name));
  return [...lines, ...idle.map((name) => `${name}: explained, and no difference`)];
}

function isExplained(
  difference: z.infer<typeof Difference> | undefined,
  plan: unknown,
  live: unknown,
): boolean {
  return difference !== undefined && same(difference.plan, plan) && same(difference.live, live);
}

function same(one: unknown, other: unknown): boolean {
  return show(one) === show(other);
}

/** Members in one order, so that two maps of tags are compared by what they hold. */
function show(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

const DECIDED: readonly unknown[] = ['compliant', 'violation'];

/** Rules that come to an answer, the same one on both sides: two that know nothing agree too, and show nothing. */
function decidedBy(plan: Said, live: Said): string[] {
  return [...plan.keys()].filter(
    (rule) => plan.get(rule) === live.get(rule) && DECIDED.includes(live.get(rule)),
  );
}

function withVerdicts(expected: Expected, plan: Said, live: Said): unknown {
  const agreed = [...plan.keys()].filter(
    (rule) => plan.get(rule) === live.get(rule) && live.get(rule) !== 'not-applicable',
  );
  const verdicts = Object.fromEntries(agreed.sort().map((rule) => [rule, live.get(rule)]));
  return { ...expected, verdicts };
}
