import { afterEach, describe, expect, it } from 'vitest';

import { openAwsTagger } from '../../../src/clouds/aws/tagger.ts';
import { openAzureTagger } from '../../../src/clouds/azure/tagger.ts';
import type { TagTarget, Tagger } from '../../../src/clouds/tagger.ts';
import type { Rule } from '../../../src/bindings/rule.ts';
import { HOME, instance, oneRegion, REGION, stage } from '../clouds/aws/estates.ts';
import { resource, SHOP, startWorld, subscription } from '../clouds/azure/world.ts';
import { BUCKET, openWorld, targetOf, TOPIC } from '../clouds/google/world.ts';
import { judge, requiring, spelling, subject } from './estate.ts';
import { world } from './world.ts';
import type { World } from './world.ts';

type Tags = Readonly<Record<string, string>>;

/** A real tagger before a fake of its cloud. */
interface Cloud {
  readonly tagger: Tagger;
  readonly targets: readonly TagTarget[];
  readonly tagsOf: (address: string) => Tags;
  readonly close: () => Promise<void>;
}

async function aws(): Promise<Cloud> {
  const items = Array.from({ length: 23 }, (_, n) =>
    instance(n, { tags: n === 1 ? { Name: 'n', Owner: 'ada' } : { Name: 'n' } }),
  );
  const { fake, outside, settings } = await stage(oneRegion(...items));
  const find = (address: string) =>
    fake
      .estate()
      .accounts.flatMap(({ regions }) => regions.flatMap((one) => one.items))
      .find(({ arn }) => arn === address);
  return {
    tagger: openAwsTagger(settings({ accounts: [HOME] }), outside),
    targets: items.map(({ arn, resourceType }) => ({
      address: arn,
      type: resourceType,
      scope: { account: HOME, region: REGION },
    })),
    tagsOf: (address) => find(address)?.tags ?? {},
    close: fake.close,
  };
}

async function azure(): Promise<Cloud> {
  const resources = ['one', 'two', 'three'].map((name, n) =>
    resource('Microsoft.KeyVault/vaults', name, {
      tags: n === 1 ? { 'own-er': 'ada' } : { env: 'x' },
    }),
  );
  const { fake, outside, settings } = await startWorld({
    estate: { tenant: SHOP, subscriptions: [subscription(SHOP, resources)] },
  });
  return {
    tagger: await openAzureTagger(settings, outside),
    targets: resources.map(({ id, type }) => ({
      address: id.toLowerCase(),
      type,
      scope: { subscription: SHOP },
    })),
    tagsOf: (address) =>
      fake
        .estate()
        .subscriptions.flatMap((one) => one.resources)
        .find(({ id }) => id.toLowerCase() === address)?.tags ?? {},
    close: fake.close,
  };
}

async function google(): Promise<Cloud> {
  const { fake, tagger, close } = await openWorld();
  return {
    tagger,
    targets: [targetOf(BUCKET), targetOf(TOPIC)],
    tagsOf: (address) => fake.labels(address) ?? {},
    close,
  };
}

const RULES: readonly Rule[] = [
  requiring('owner', ['owner'], {
    values: [{ spelling: true }, { constant: 'Platform Team' }],
    caps: { percent: 'unlimited' },
  }),
  spelling('spelling', ['owner'], {
    replace: true,
    values: [{ spelling: true }],
    caps: { percent: 'unlimited' },
  }),
];

let one: World;
let cloud: Cloud;
afterEach(async () => {
  await cloud.close();
  await one.close();
});

/** Repairs of what the tagger itself reads. */
async function over(open: () => Promise<Cloud>) {
  cloud = await open();
  one = await world({});
  return one.beside({
    tagger: () => cloud.tagger,
    rules: () => ({ digest: 'sha256:r', rules: RULES }),
    judge: (resources) => Promise.resolve(judge(RULES, resources)),
    estate: () => {
      const subjects = cloud.targets.map(({ address, type, scope }) =>
        subject(
          '',
          { ...cloud.tagsOf(address) },
          { resource: { address, type, scope: { ...scope } } },
        ),
      );
      const verdicts = judge(
        RULES,
        subjects.map((each) => each.resource),
      );
      return Promise.resolve({
        subjects,
        verdicts,
        coverage: { complete: true, gaps: [], judged: {} },
      });
    },
  });
}

describe.each([
  ['AWS', aws, 'Platform Team'],
  ['Azure', azure, 'Platform Team'],
  ['Google Cloud', google, 'platform-team'],
] as const)('a repair in %s', (_, open, value) => {
  it('is written, read back, and taken back', async () => {
    const repairs = await over(open);
    const all = () => cloud.targets.map(({ address }) => ({ ...cloud.tagsOf(address) }));
    const before = all();
    const { plan } = await repairs.plan({}, 'ada', one.signal);
    expect(plan.breaches).toEqual([]);
    const { run, tally } = await repairs.apply(plan.id, { actor: 'ada' }, one.signal);
    expect(run.state).toBe('done');
    expect(tally.verified).toBe(cloud.targets.length);
    expect(
      all()
        .map(({ owner }) => owner)
        .sort(),
    ).toEqual(before.map((tags) => (Object.values(tags).includes('ada') ? 'ada' : value)).sort());
    for (const tags of all())
      expect(Object.keys(tags).filter((key) => /own-?er/i.test(key))).toEqual(['owner']);

    const back = await repairs.planUndo(run.id, 'ada', one.signal);
    await repairs.apply(back.plan.id, { actor: 'ada' }, one.signal);
    expect(all()).toEqual(before);
  });

  it('leaves alone what a person changed since the plan', async () => {
    const repairs = await over(open);
    const { plan } = await repairs.plan({}, 'ada', one.signal);
    const target = cloud.targets[0]!;
    const { address } = target;
    const [reading] = await cloud.tagger.read([target], one.signal);
    const version = reading?.version === undefined ? {} : { version: reading.version };
    await cloud.tagger.write(
      [{ target, set: { owner: 'grace' }, remove: [], ...version }],
      one.signal,
    );
    const { steps } = await repairs.apply(plan.id, { actor: 'ada' }, one.signal);
    expect(steps.find(({ change }) => change.address === address)).toMatchObject({
      state: 'skipped',
    });
    expect(cloud.tagsOf(address)['owner']).toBe('grace');
  });
});
