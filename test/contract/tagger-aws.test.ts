import { openAwsTagger } from '../../src/clouds/aws/tagger.ts';
import { bucket, HOME, instance, OTHER, REGION, stage } from '../unit/clouds/aws/estates.ts';
import { taggerContract } from './tagger.ts';

/** Of both accounts: what is written to one must not be written to the other. */
taggerContract(
  'AWS',
  async () => {
    const others = instance(7, {
      arn: `arn:aws:ec2:${REGION}:${OTHER}:instance/i-7`,
      tags: { Name: 'other' },
    });
    const items = [
      instance(1, { tags: { Name: 'one' } }),
      instance(2, { tags: { Name: 'two', team: 'x' } }),
      bucket('data', { tags: { Name: 'data', 'aws:cloudformation:stack-name': 'shop' } }),
    ];
    const { fake, outside, settings } = await stage({
      accounts: [
        { id: HOME, regions: [{ name: REGION, items }] },
        { id: OTHER, regions: [{ name: REGION, items: [others] }] },
      ],
    });
    const target = (account: string, address: string, type: string) => ({
      address,
      type,
      scope: { account, region: REGION },
    });
    return {
      tagger: openAwsTagger(
        settings({ accounts: [HOME, OTHER], role: 'arn:aws:iam::{account}:role/tagger' }),
        outside,
      ),
      targets: [
        ...items.map(({ arn, resourceType }) => target(HOME, arn, resourceType)),
        target(OTHER, others.arn, others.resourceType),
      ],
      gone: target(HOME, instance(99).arn, 'AWS::EC2::Instance'),
      tagsOf: ({ address }) => {
        const all = fake.estate().accounts.flatMap(({ regions }) => regions);
        const item = all.flatMap((one) => one.items).find(({ arn }) => arn === address);
        return Promise.resolve(item?.tags ?? {});
      },
      refused: [
        { key: 'aws:owner', value: 'x' },
        { key: 'AWS:owner', value: 'x' },
        { key: '', value: 'x' },
        { key: 'k'.repeat(129), value: 'x' },
        { key: 'owner', value: 'v'.repeat(257) },
        { key: 'owner', value: 'a\nb' },
      ],
      dispose: fake.close,
    };
  },
  { versioned: false },
);
