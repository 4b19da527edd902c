import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { toResources } from '../../../../../src/catalogue/resolve.ts';
import { liveResource } from '../../../../../src/clouds/aws/live.ts';
import type { RawResource } from '../../../../../src/sources/source.ts';

const PAIRS = fileURLToPath(new URL('../../../../../fixtures/live-pairs/aws', import.meta.url));

const Live = z.object({
  address: z.string(),
  type: z.string(),
  scope: z.object({ account: z.string(), region: z.string() }),
  tags: z.record(z.string(), z.string()),
  attributes: z.object({
    arn: z.string(),
    resourceId: z.string(),
    resourceName: z.string().nullable(),
    configuration: z.unknown(),
    supplementaryConfiguration: z.record(z.string(), z.unknown()),
  }),
});
type Live = z.infer<typeof Live>;

/** BatchGetResourceConfig answers the configuration as one JSON text, and each supplementary part as one of its own. */
function asAnswered({ type, attributes, scope, tags }: Live): RawResource {
  const { supplementaryConfiguration, configuration, ...identity } = attributes;
  const parts = Object.entries(supplementaryConfiguration);
  const row = {
    ...identity,
    resourceType: type,
    accountId: scope.account,
    awsRegion: scope.region,
    configuration: JSON.stringify(configuration),
    supplementaryConfiguration: Object.fromEntries(
      parts.map(([name, value]) => [name, JSON.stringify(value)]),
    ),
  };
  return liveResource(row, { state: 'known', values: tags }, scope).resource;
}

function asWritten({ address, type, attributes, scope, tags }: Live): RawResource {
  return {
    address,
    type,
    provider: 'aws',
    dialect: 'aws-config',
    action: 'present',
    scope,
    attributes,
    unknown: [],
    sensitive: [],
    references: [],
    tags: { state: 'known', values: tags },
  };
}

describe('an item as AWS Config answers it, texts within texts', () => {
  it.each(readdirSync(PAIRS))('says what the pair says of it: %s', (name) => {
    const live = Live.parse(JSON.parse(readFileSync(`${PAIRS}/${name}/live.json`, 'utf8')));
    const [answered, written] = toResources([asAnswered(live), asWritten(live)]);
    expect(answered?.facts).toEqual(written?.facts);
    expect(answered?.unknown).toEqual(written?.unknown);
  });
});
