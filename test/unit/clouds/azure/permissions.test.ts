import { describe, expect, it } from 'vitest';

import { azure } from '../../../../src/clouds/azure/index.ts';
import { SHOP, startWorld, VAULT } from './world.ts';

const { signal } = new AbortController();
const named = (list: readonly { action: string }[]) => list.map(({ action }) => action);

describe('the permissions that Azure is asked for', () => {
  it('cover every call, by name and not by wildcard, and reading needs none of those to write', async () => {
    const { fake, outside, settings } = await startWorld({
      settings: { managementGroups: ['retail'] },
      faults: [{ on: 'tags-write', harm: { kind: 'slow', polls: 1 } }],
    });
    const inventory = await azure.openInventory(settings, outside);
    const { partitions } = await inventory.plan({ kind: () => true }, signal);
    for (const part of partitions) await inventory.read(part, undefined, signal);
    await inventory.policyContext(SHOP, signal);
    const target = { address: VAULT.id, type: VAULT.type, scope: { subscription: SHOP } };
    const tagger = await azure.openTagger(settings, outside);
    await tagger.read([target], signal);
    const reads = new Set(fake.calls.map(({ action }) => action));
    expect([...reads].filter((action) => !named(azure.permissions.read).includes(action))).toEqual(
      [],
    );
    await tagger.write([{ target, set: { team: 'shop' }, remove: ['owner'] }], signal);
    const writes = new Set(fake.calls.map(({ action }) => action));
    const all = [...named(azure.permissions.read), ...named(azure.permissions.write)];
    expect([...writes].filter((action) => !all.includes(action))).toEqual([]);
    expect([...writes].filter((action) => !reads.has(action))).toEqual(
      named(azure.permissions.write),
    );
    await fake.close();
  });

  it('each say why', () => {
    for (const { why } of [...azure.permissions.read, ...azure.permissions.write])
      expect(why).toMatch(/^to |Resource Graph/);
  });
});

describe('the settings of an Azure inventory', () => {
  const settings = { type: 'azure', name: 'main', subscriptions: [SHOP] };
  it.each([
    { more: { subscriptions: [] }, says: /names no subscription/ },
    { more: { subscriptions: ['production'] }, says: /id of a subscription/ },
    { more: { endpoint: 'http://127.0.0.1:1' }, says: /https/ },
    { more: { regions: ["x') | take 1"] }, says: /westeurope/ },
    { more: { managementGroups: ["a'b"] }, says: /management group/ },
    { more: { subscription: SHOP }, says: /subscription/ },
  ])('refuse $more', ({ more, says }) => {
    const parsed = azure.settings.safeParse({ ...settings, ...more });
    expect(parsed.error?.message).toMatch(says);
  });

  it('name the variable that holds no token', async () => {
    const { fake, outside, settings: good } = await startWorld();
    await fake.close();
    await expect(azure.openInventory(good, { ...outside, env: {} })).rejects.toMatchObject({
      code: 'CLOUD_CREDENTIALS',
      message: expect.stringContaining('AZURE_TEST_TOKEN') as string,
    });
  });

  it('take the certificate from a file, and say when it is not there', async () => {
    const { fake, outside, settings: good } = await startWorld();
    await fake.close();
    await expect(
      azure.openInventory({ ...good, ca: '/tmp/no-such-certificate.pem' }, outside),
    ).rejects.toMatchObject({ code: 'CLOUD_SETTINGS' });
  });
});
