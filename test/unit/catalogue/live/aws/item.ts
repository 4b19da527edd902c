import { describe, expect, it } from 'vitest';

import type { FactName, FactValue } from '../../../../../src/catalogue/facts.ts';
import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { toResources } from '../../../../../src/catalogue/resolve.ts';
import type { Resource } from '../../../../../src/model/resource.ts';
import { factOf } from '../../../../builders.ts';

export const U: typeof UNKNOWN = UNKNOWN;

type Part = Readonly<Record<string, unknown>>;

/** A configuration item, and what comes of it; `undefined` for: the kind has no such fact, or not here. */
export interface ItemCase {
  readonly it: string;
  readonly configuration?: Part;
  readonly supplementary?: Part;
  readonly kind?: string;
  readonly facts: Partial<Record<FactName, FactValue | undefined>>;
}

export const ACCOUNT = '123456789012';

/** A key of which nobody can tell whose it is: AWS answers so for its own managed key as well. */
export const SOME_KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
/** Keys that only a customer can have: a multi-Region one, and one of another account. */
export const OWN_KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/mrk-1111`;
export const OTHER_ACCOUNTS_KEY =
  'arn:aws:kms:eu-central-1:210987654321:key/11111111-2222-3333-4444-555555555555';

export function found(type: string, configuration?: Part, supplementary: Part = {}): Resource {
  const arn = `arn:aws:service:eu-central-1:${ACCOUNT}:thing/one`;
  const [resource] = toResources([
    {
      address: arn,
      type,
      provider: 'aws',
      dialect: 'aws-config',
      action: 'present',
      scope: {},
      attributes: {
        arn,
        resourceId: 'one',
        resourceName: 'one',
        resourceType: type,
        ...(configuration === undefined ? {} : { configuration }),
        supplementaryConfiguration: supplementary,
        relationships: [],
      },
      unknown: [],
      sensitive: [],
      references: [],
      tags: { state: 'known', values: {} },
    },
  ]);
  if (resource === undefined) throw new Error('no resource');
  return resource;
}

/** What the items of one type say. */
export function itemsOf(type: string, kind: string, ...cases: readonly ItemCase[]): void {
  describe(type, () => {
    it.each(cases)('$it', (one) => {
      const resource = found(type, one.configuration, one.supplementary);
      expect(resource.kind).toBe(one.kind ?? kind);
      const names = Object.keys(one.facts) as FactName[];
      const said = Object.fromEntries(names.map((name) => [name, factOf(resource, name)]));
      expect(said).toEqual(one.facts);
    });
  });
}

/** A case in one line. */
export function says(
  it_: string,
  configuration: Part,
  facts: ItemCase['facts'],
  rest: Partial<ItemCase> = {},
): ItemCase {
  return { it: it_, configuration, facts, ...rest };
}

export const statements = (...list: readonly Part[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: list });

export const EVERYONE = statements({
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
});
export const ONE_ACCOUNT = statements({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: '*',
  Resource: '*',
});
