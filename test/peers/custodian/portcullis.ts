import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { parseRules } from '../../../src/bindings/parse-rules.ts';
import type { RuleSet } from '../../../src/bindings/rule.ts';
import { toResources } from '../../../src/catalogue/resolve.ts';
import type { CloudOutside } from '../../../src/clouds/adapter.ts';
import { openAwsInventory } from '../../../src/clouds/aws/inventory.ts';
import { AwsSettings } from '../../../src/clouds/aws/schema.ts';
import { openAwsTagger } from '../../../src/clouds/aws/tagger.ts';
import { FAKE_KEYS, startFakeAws } from '../../../src/clouds/fakes/aws/index.ts';
import type { FakeAws } from '../../../src/clouds/fakes/aws/index.ts';
import type { LiveResource } from '../../../src/clouds/inventory.ts';
import { loadPolicies } from '../../../src/compose.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { readRuleFiles } from '../../../src/config/rule-files.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { wasmEngine } from '../../../src/engine/wasm/wasm-engine.ts';
import { evaluate } from '../../../src/evaluate/evaluate.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { createRepairs } from '../../../src/repair/repairs.ts';
import type { RepairStatus } from '../../../src/repair/ports.ts';
import { RepairSettings } from '../../../src/repair/settings.ts';
import { openStore } from '../../../src/store/index.ts';
import { POLICY_CACHE } from '../../e2e/cli.ts';
import { mending } from '../../unit/repair/estate.ts';
import { REGION } from './moto.ts';
import type { Listing } from './moto.ts';

const ACCOUNT = '123456789012';
const RULE = 'tagging.owner';

/** The shipped rule, with one value for all who have none; brakes are off, so that every resource is tried as Custodian tries them. */
const REPAIR = mending({
  values: [{ spelling: true }, { constant: 'platform' }],
  caps: { count: 'unlimited', percent: 'unlimited' },
  canary: 0,
  stopAt: { errors: 1_000, percent: 100 },
});

const outside: CloudOutside = {
  clock: () => new Date(),
  env: {
    AWS_ACCESS_KEY_ID: FAKE_KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: FAKE_KEYS.secretAccessKey,
  },
  sleep: async (milliseconds, signal) => await sleep(milliseconds, undefined, { signal }),
  random: Math.random,
  warn: () => undefined,
};

export interface Portcullis {
  /** Addresses that violate the shipped rule, at the point `sweep`. */
  readonly find: (estate: Listing) => Promise<readonly string[]>;
  /** Finds, plans, and applies the plan through an endpoint of the Tagging API. */
  readonly mend: (
    estate: Listing,
    tagging: string,
    meanwhile?: () => Promise<void>,
  ) => Promise<RepairStatus>;
  readonly close: () => Promise<void>;
}

export async function openPortcullis(): Promise<Portcullis> {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-peer-'));
  const config = loadConfig({
    env: { PORTCULLIS_DATA: folder, PORTCULLIS_POLICIES__CACHE: POLICY_CACHE },
    cwd: folder,
  });
  const policySet = await loadPolicies(config);
  const rules = onlyOwner(parseRules(readRuleFiles(config.rules.folders), policySet.policies));
  const engine = await wasmEngine({ policySet, workers: 1, memoryMiB: 64, queueLimit: 64 });
  const judge = async (resources: readonly Resource[]) => await judged(engine, rules, resources);
  return {
    find: async (estate) =>
      await withConfig(estate, async (fake) => {
        const verdicts = await judge(toResources((await inventoryOf(fake)).map(rawOf)));
        return verdicts.filter(isViolation).map(({ address }) => address);
      }),
    mend: async (estate, tagging, meanwhile) =>
      await withConfig(estate, (fake) =>
        mended({ fake, tagging, rules, judge, folder, ...(meanwhile && { meanwhile }) }),
      ),
    close: async () => {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function onlyOwner(all: RuleSet): RuleSet {
  const rules = all.rules.filter(({ id }) => id === RULE);
  if (rules.length === 0) throw new Error(`the shipped rules have no ${RULE}`);
  return { ...all, rules: rules.map((rule) => ({ ...rule, repair: REPAIR })) };
}

async function judged(
  engine: Engine,
  rules: RuleSet,
  resources: readonly Resource[],
): Promise<readonly Verdict[]> {
  const point = 'sweep' as const;
  const now = outside.clock().toISOString();
  return await evaluate(
    { resources, rules, point, context: { point }, now, deadlineMs: 60_000 },
    engine,
  );
}

function isViolation({ verdict }: Verdict): boolean {
  return verdict === 'violation';
}

function rawOf({ resource }: LiveResource) {
  return resource;
}

/** moto's AWS Config records nothing; the same estate is told by ours. */
async function withConfig<T>(estate: Listing, work: (fake: FakeAws) => Promise<T>): Promise<T> {
  const items = estate.map(({ arn, type, id, tags }) => ({
    arn,
    resourceId: id,
    resourceName: id,
    resourceType: type,
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  }));
  const fake = await startFakeAws({
    estate: { accounts: [{ id: ACCOUNT, regions: [{ name: REGION, items }] }] },
    clock: outside.clock,
  });
  try {
    return await work(fake);
  } finally {
    await fake.close();
  }
}

function settingsFor({ url }: FakeAws, tagging: string): AwsSettings {
  return AwsSettings.parse({
    type: 'aws',
    name: 'estate',
    accounts: [ACCOUNT],
    regions: [REGION],
    endpoints: { config: url, sts: url, organizations: url, iam: url, tagging },
    attemptSeconds: 3,
  });
}

/** Everything that the inventory gives. @throws Error when it could not read some of it. */
async function inventoryOf(fake: FakeAws): Promise<LiveResource[]> {
  const inventory = openAwsInventory(settingsFor(fake, fake.url), outside);
  const { signal } = new AbortController();
  try {
    const { partitions, gaps: unplanned } = await inventory.plan({ kind: () => true }, signal);
    const gaps = [...unplanned];
    const found: LiveResource[] = [];
    for (const partition of partitions)
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const page = await inventory.read(partition, cursor, signal);
        found.push(...page.resources);
        gaps.push(...(page.gaps ?? []));
        cursor = page.next;
      }
    if (gaps.length > 0) throw new Error(`gaps: ${JSON.stringify(gaps)}`);
    return found;
  } finally {
    await inventory.close();
  }
}

interface Mending {
  readonly fake: FakeAws;
  readonly tagging: string;
  readonly rules: RuleSet;
  readonly judge: (resources: readonly Resource[]) => Promise<readonly Verdict[]>;
  readonly folder: string;
  readonly meanwhile?: () => Promise<void>;
}

async function mended({
  fake,
  tagging,
  rules,
  judge,
  folder,
  meanwhile,
}: Mending): Promise<RepairStatus> {
  const live = await inventoryOf(fake);
  const resources = toResources(live.map(rawOf));
  const verdicts = await judge(resources);
  const store = await openStore({ folder: mkdtempSync(path.join(folder, 'store-')), outside });
  const tagger = openAwsTagger(settingsFor(fake, tagging), outside);
  const { signal } = new AbortController();
  let ids = 0;
  const repairs = createRepairs({
    journal: store.repairs,
    leases: store.leases,
    recorder: () => Promise.resolve(),
    tagger: () => tagger,
    writes: () => 'on',
    outside,
    owner: 'peer',
    estate: () =>
      Promise.resolve({
        subjects: resources.map((resource) => ({ resource, inventory: 'estate', parents: [] })),
        verdicts,
        coverage: { complete: true, gaps: [], judged: { [RULE]: resources.length } },
      }),
    rules: () => rules,
    judge,
    settings: () => RepairSettings.parse({ writes: 'on' }),
    newId: () => `run-${(ids += 1)}`,
  });
  try {
    const { plan } = await repairs.plan({}, 'peer', signal);
    await meanwhile?.();
    return await repairs.apply(plan.id, { actor: 'peer' }, signal);
  } finally {
    await tagger.close();
    await store.close();
  }
}
