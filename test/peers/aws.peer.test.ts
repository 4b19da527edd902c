import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { AwsSettings } from '../../src/clouds/aws/schema.ts';
import { openAwsTagger } from '../../src/clouds/aws/tagger.ts';
import { FAKE_KEYS, startFakeAws } from '../../src/clouds/fakes/aws/index.ts';
import type { FakeAws } from '../../src/clouds/fakes/aws/index.ts';
import type { TagChange, TagResult, Tagger } from '../../src/clouds/tagger.ts';
import { fakeOutside } from '../unit/clouds/outside.ts';
import { keysOf, makeAll, REGION } from './aws/estate.ts';
import type { Made, Tags } from './aws/estate.ts';
import { MOTO_ACCOUNT, MOTO_KEYS, motoFor, startMoto } from './aws/moto.ts';
import type { Moto } from './aws/moto.ts';

const OTHER = '222222222222';
const { signal } = new AbortController();
const server = motoFor('the same repair on moto and on the fake of AWS');

/** Repairs, as changes of whatever there is. */
const REPAIRS: readonly [string, Pick<TagChange, 'set' | 'remove'>][] = [
  ['an owner is set', { set: { owner: 'team-shop', 'cost-center': '4711' }, remove: [] }],
  ['a value is replaced', { set: { owner: 'team-data' }, remove: [] }],
  ['a key is spelt anew', { set: { owner: 'nobody' }, remove: ['Owner', 'stale'] }],
  ['a tag that is not there goes', { set: {}, remove: ['never-there'] }],
  ['what was set goes again', { set: {}, remove: ['owner', 'cost-center'] }],
];

describe.skipIf(server === undefined)('the same repair on moto and on the fake of AWS', () => {
  let moto: Moto;
  let fake: FakeAws;
  let made: readonly Made[];
  let onMoto: Tagger;
  let onFake: Tagger;

  beforeAll(async () => {
    moto = await startMoto(server!);
    made = [
      ...(await makeAll(moto.url, MOTO_ACCOUNT, MOTO_KEYS)),
      ...(await makeAll(moto.url, OTHER, await keysOf(moto.url, OTHER))),
    ];
    const outside = { ...fakeOutside(new Date().toISOString()), clock: () => new Date() };
    fake = await startFakeAws({ estate: estateOf(made), clock: outside.clock });
    const taggerOf = (url: string, keys: typeof MOTO_KEYS): Tagger =>
      openAwsTagger(settingsOf(url), {
        ...outside,
        env: {
          AWS_ACCESS_KEY_ID: keys.accessKeyId,
          AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
        },
      });
    onMoto = taggerOf(moto.url, MOTO_KEYS);
    onFake = taggerOf(fake.url, FAKE_KEYS);
  });

  afterAll(async () => {
    await (onMoto as Tagger | undefined)?.close();
    await (onFake as Tagger | undefined)?.close();
    await (fake as FakeAws | undefined)?.close();
    await (moto as Moto | undefined)?.stop();
  });

  const onBoth = async (changes: readonly TagChange[]): Promise<readonly TagResult[]> => {
    const [real, ours] = [await onMoto.write(changes, signal), await onFake.write(changes, signal)];
    expect(ours.map(outcomeOf)).toEqual(real.map(outcomeOf));
    return real;
  };
  const expectSameTags = async (): Promise<void> => {
    for (const one of made) expect(tagsOnFake(fake, one), one.arn).toEqual(await one.tagsNow());
  };

  it('begins from the same tags', async () => {
    await expectSameTags();
    const readings = await onMoto.read(made.map(targetOf), signal);
    expect(readings.map(({ tags }) => tags)).toEqual(
      made.map(({ tags }) => ({ state: 'known', values: tags })),
    );
  });

  it.each(REPAIRS)('ends with the same tags when %s', async (_, change) => {
    const results = await onBoth(made.map((one) => ({ target: targetOf(one), ...change })));
    expect(results.map(outcomeOf)).toEqual(made.map(() => 'done'));
    await expectSameTags();
    for (const one of made) expect(await one.tagsNow()).toMatchObject(change.set);
  });

  it('keeps the tags of one account from those of another', async () => {
    const [first] = made.filter(({ account }) => account === OTHER);
    await onBoth([{ target: targetOf(first!), set: { only: 'here' }, remove: [] }]);
    await expectSameTags();
    const having = await Promise.all(
      made.map(async (one) => [one.arn, (await one.tagsNow())['only']] as const),
    );
    expect(having.filter(([, only]) => only !== undefined)).toEqual([[first!.arn, 'here']]);
  });

  it('does the others when a bucket is not there, which moto refuses the whole call for', async () => {
    const gone = { ...made[2]!, arn: 'arn:aws:s3:::nobody-has-this-bucket' };
    const set: Tags = { after: 'all' };
    const results = await onBoth(
      [made[0]!, gone, made[2]!].map((one) => ({ target: targetOf(one), set, remove: [] })),
    );
    expect(results.map(outcomeOf)).toEqual(['done', 'failed', 'done']);
    expect(results[1]).toMatchObject({ code: 'CLOUD_MISSING' });
    await expectSameTags();
  });

  it('calls it uncertain when the service of a resource is not supported', async () => {
    const queue = { ...made[0]!, arn: queueArn(), type: 'AWS::SQS::Queue' };
    const results = await onBoth([{ target: targetOf(queue), set: { a: 'b' }, remove: [] }]);
    expect(results).toMatchObject([{ outcome: 'uncertain', reason: 'InternalServiceException' }]);
  });
});

function outcomeOf({ outcome }: TagResult): string {
  return outcome;
}

function targetOf({ arn, type, account }: Made): TagChange['target'] {
  return { address: arn, type, scope: { account, region: REGION } };
}

function queueArn(): string {
  return `arn:aws:sqs:${REGION}:${MOTO_ACCOUNT}:mail`;
}

/** What was made on moto, for the fake; and a queue of which it does not know the service. */
function estateOf(made: readonly Made[]) {
  const queue = {
    arn: queueArn(),
    resourceId: 'mail',
    resourceType: 'AWS::SQS::Queue',
    taggable: false,
  };
  return {
    accounts: [MOTO_ACCOUNT, OTHER].map((id) => ({
      id,
      regions: [
        {
          name: REGION,
          items: [
            ...made
              .filter(({ account }) => account === id)
              .map(({ arn, type, tags }) => ({
                arn,
                resourceId: arn,
                resourceType: type,
                tags,
              })),
            ...(id === MOTO_ACCOUNT ? [queue] : []),
          ],
        },
      ],
    })),
  };
}

function tagsOnFake(fake: FakeAws, { arn, account }: Made): Tags | undefined {
  const { regions = [] } = fake.estate().accounts.find(({ id }) => id === account) ?? {};
  return regions.flatMap(({ items }) => items).find((item) => item.arn === arn)?.tags;
}

function settingsOf(url: string): AwsSettings {
  return AwsSettings.parse({
    type: 'aws',
    name: 'cloud',
    accounts: [MOTO_ACCOUNT, OTHER],
    role: 'arn:aws:iam::{account}:role/tagger',
    regions: [REGION],
    endpoints: { config: url, tagging: url, sts: url, organizations: url, iam: url },
  });
}
