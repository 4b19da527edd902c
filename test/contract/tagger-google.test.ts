import { BUCKET, INSTANCE, openWorld, targetOf, TOPIC } from '../unit/clouds/google/world.ts';
import { taggerContract } from './tagger.ts';

taggerContract(
  'Google Cloud',
  async () => {
    const { fake, tagger, close } = await openWorld();
    return {
      tagger,
      targets: [targetOf(INSTANCE), targetOf(BUCKET), targetOf(TOPIC)],
      gone: targetOf({ ...INSTANCE, name: `${INSTANCE.name}-gone` }),
      tagsOf: ({ address }) => Promise.resolve(fake.labels(address) ?? {}),
      refused: [
        { key: 'Owner', value: 'team' },
        { key: 'owner', value: 'someone@example.com' },
        { key: 'owner', value: 'x'.repeat(64) },
        { key: 'goog-managed-by', value: 'us' },
      ],
      changeBehind: ({ address }) => {
        fake.setLabels(address, { ...fake.labels(address), 'somebody-else': 'was-here' });
        return Promise.resolve();
      },
      dispose: close,
    };
  },
  { versioned: true },
);
