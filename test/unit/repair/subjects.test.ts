import { describe, expect, it } from 'vitest';

import { toSubject } from '../../../src/repair/subjects.ts';
import type { KnownResource } from '../../../src/repair/subjects.ts';

const GROUP = '/subscriptions/s/resourcegroups/shop';

function known(given: Partial<KnownResource> = {}): KnownResource {
  return {
    address: `${GROUP}/providers/microsoft.keyvault/vaults/keys`,
    kind: 'azure.keyvault.vault',
    type: 'microsoft.keyvault/vaults',
    provider: 'azure',
    scope: { subscription: 's' },
    tags: { state: 'known', values: { owner: 'ada' }, unknown: [] },
    taggable: true,
    parents: [GROUP, '/subscriptions/s'],
    managedBy: undefined,
    createdBy: undefined,
    inventory: 'azure',
    ...given,
  };
}

const none = () => undefined;

describe('what a sweep kept of a resource', () => {
  it('is planned from, its attributes unknown', () => {
    expect(toSubject(known(), none).resource).toMatchObject({
      tags: { owner: 'ada' },
      facts: { taggable: true },
      unknown: ['config'],
    });
    expect(toSubject(known({ taggable: false }), none).resource.facts).toEqual({});
  });

  it.each([
    ['none could be read', { state: 'unknown', reason: 'denied' }, {}, ['tags']],
    [
      'one could not',
      { state: 'known', values: { a: 'x' }, unknown: ['b.c'] },
      { a: 'x' },
      ['tags["b.c"]'],
    ],
    [
      'one is sensitive',
      { state: 'known', values: { a: 'x', s: '(sensitive)' }, unknown: [] },
      { a: 'x' },
      ['tags.s'],
    ],
  ] satisfies [string, KnownResource['tags'], object, string[]][])(
    'keeps unknown apart from absent: %s',
    (_, tags, shown, unknown) => {
      const { resource } = toSubject(known({ tags }), none);
      expect(resource.tags).toEqual(shown);
      expect(resource.unknown).toEqual(['config', ...unknown]);
    },
  );

  it('knows its parents as far as a sweep has seen them', () => {
    const group = known({
      address: GROUP,
      tags: { state: 'known', values: { team: 'shop' }, unknown: [] },
    });
    const find = (address: string) => (address === GROUP ? group : undefined);
    expect(toSubject(known(), find).parents).toEqual([
      {
        role: 'resource-group',
        address: GROUP,
        tags: { state: 'known', values: { team: 'shop' } },
      },
    ]);
  });

  it.each([
    ['whose tags were not read', { state: 'unknown', reason: 'denied' }],
    ['some of whose tags were not read', { state: 'known', values: {}, unknown: ['owner'] }],
    ['with a sensitive tag', { state: 'known', values: { owner: '(sensitive)' }, unknown: [] }],
  ] satisfies [string, KnownResource['tags']][])('a parent %s is unknown', (_, tags) => {
    const [parent] = toSubject(known(), () => known({ address: GROUP, tags })).parents;
    expect(parent?.tags.state).toBe('unknown');
  });

  it('tells who made it and where code declares it', () => {
    const one = known({
      createdBy: { name: 'ada' },
      managedBy: { tool: 'terraform', name: 'net' },
    });
    expect(toSubject(one, none, 'azurerm_key_vault.keys')).toMatchObject({
      createdBy: { name: 'ada' },
      managedBy: { tool: 'terraform' },
      code: 'azurerm_key_vault.keys',
    });
  });
});
