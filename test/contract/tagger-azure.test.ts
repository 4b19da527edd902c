import { openAzureTagger } from '../../src/clouds/azure/tagger.ts';
import type { TagTarget } from '../../src/clouds/tagger.ts';
import { group, resource, SHOP, startWorld, subscription } from '../unit/clouds/azure/world.ts';
import { taggerContract } from './tagger.ts';

const ESTATE = {
  tenant: '99999999-9999-4999-8999-999999999999',
  subscriptions: [
    subscription(SHOP, [
      group('Shop', SHOP, { costCenter: '4711' }),
      resource('Microsoft.KeyVault/vaults', 'keys', { tags: { env: 'prod' } }),
      resource('Microsoft.Storage/storageAccounts', 'files', { tags: { env: 'dev' } }),
    ]),
  ],
};

function target(id: string, type: string): TagTarget {
  return { address: id.toLowerCase(), type, scope: { subscription: SHOP } };
}

taggerContract(
  'Azure by its tags operations',
  async () => {
    const { fake, outside, settings } = await startWorld({ estate: ESTATE });
    const tagsOf = (id: string): Readonly<Record<string, string>> => {
      const all = fake.estate().subscriptions.flatMap(({ resources }) => resources);
      return all.find((one) => one.id.toLowerCase() === id)?.tags ?? {};
    };
    return {
      tagger: await openAzureTagger(settings, outside),
      targets: ESTATE.subscriptions[0]!.resources.map(({ id, type }) => target(id, type)),
      gone: target(resource('Microsoft.KeyVault/vaults', 'gone').id, 'microsoft.keyvault/vaults'),
      tagsOf: ({ address }) => Promise.resolve(tagsOf(address)),
      changeBehind: ({ address }) => {
        fake.setTags(address, { ...tagsOf(address), owner: 'a person' });
        return Promise.resolve();
      },
      refused: [
        { key: 'cost%center', value: 'x' },
        { key: 'azure-team', value: 'x' },
        { key: 'k'.repeat(513), value: 'x' },
        { key: 'owner', value: 'v'.repeat(257) },
      ],
      dispose: fake.close,
    };
  },
  { versioned: true },
);
