import { openAwsInventory } from '../../src/clouds/aws/inventory.ts';
import { FAKE_KEYS } from '../../src/clouds/fakes/aws/index.ts';
import { bucket, HOME, instance, OTHER, REGION, role, stage } from '../unit/clouds/aws/estates.ts';
import { inventoryContract } from './inventory.ts';

const REFUSES = '333333333333';
const machines = Array.from({ length: 230 }, (_, number) =>
  instance(number, { tags: { owner: `team-${number % 3}`, Name: `m${number}` } }),
);
const otherBucket = bucket('other-data', { tags: { owner: 'data' } });

inventoryContract('AWS, account by account', async () => {
  const { fake, outside, settings } = await stage({
    accounts: [
      {
        id: HOME,
        regions: [
          {
            name: REGION,
            items: [
              ...machines,
              bucket('untagged'),
              bucket('tagged', { tags: { owner: 'shop' } }),
              role('reader', { tags: { owner: 'platform' }, recordedTags: {} }),
            ],
          },
          {
            // Identities are recorded here too; they are one thing all the same.
            name: 'us-east-1',
            items: [
              role('reader', { tags: { owner: 'platform' }, recordedTags: {} }),
              {
                arn: `arn:aws:cloudwatch:us-east-1:${HOME}:alarm:cpu`,
                resourceId: 'cpu',
                resourceType: 'AWS::CloudWatch::Alarm',
              },
            ],
          },
        ],
      },
      { id: OTHER, regions: [{ name: REGION, items: [otherBucket] }] },
      { id: REFUSES, refuses: true, regions: [{ name: REGION, items: [bucket('unseen')] }] },
    ],
  });
  return {
    open: () =>
      Promise.resolve(
        openAwsInventory(
          settings({
            accounts: [HOME, OTHER, REFUSES],
            regions: [REGION, 'us-east-1'],
            role: 'arn:aws:iam::{account}:role/reader',
            externalId: 'external-id-of-ours',
          }),
          outside,
        ),
      ),
    dispose: fake.close,
    accounts: [HOME, OTHER, REFUSES],
    unreadable: [REFUSES],
    resources: {
      ...Object.fromEntries(machines.map(({ arn, tags = {} }) => [arn, tags])),
      'arn:aws:s3:::untagged': {},
      'arn:aws:s3:::tagged': { owner: 'shop' },
      [role('reader').arn]: { owner: 'platform' },
      [`arn:aws:cloudwatch:us-east-1:${HOME}:alarm:cpu`]: 'unknown',
      [otherBucket.arn]: { owner: 'data' },
    },
    secrets: [FAKE_KEYS.secretAccessKey, FAKE_KEYS.accessKeyId, 'external-id-of-ours'],
  };
});

inventoryContract('AWS, through an aggregator', async () => {
  const { fake, outside, settings } = await stage({
    accounts: [
      {
        id: HOME,
        regions: [
          { name: REGION, items: [...machines, role('reader', { tags: { owner: 'platform' } })] },
        ],
      },
      { id: OTHER, regions: [{ name: REGION, items: [otherBucket] }] },
    ],
    aggregators: [{ name: 'all', account: HOME, region: REGION, sources: [] }],
  });
  return {
    open: () =>
      Promise.resolve(
        openAwsInventory(
          settings({ aggregator: { name: 'all', account: HOME, region: REGION } }),
          outside,
        ),
      ),
    dispose: fake.close,
    accounts: [HOME, OTHER],
    unreadable: [],
    resources: {
      ...Object.fromEntries(machines.map(({ arn, tags = {} }) => [arn, tags])),
      [role('reader').arn]: { owner: 'platform' },
      [otherBucket.arn]: { owner: 'data' },
    },
  };
});
