import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { FAKE_KEYS, startFakeAws } from '../../src/clouds/fakes/aws/index.ts';
import type { AwsEstate, FakeAws } from '../../src/clouds/fakes/aws/index.ts';
import { bucket, HOME, OTHER, REGION } from '../unit/clouds/aws/estates.ts';
import { makePlace } from './gate.ts';
import type { Place } from './gate.ts';

/** A gate's folder with inventories of four types, one of them a cloud of which an account does not let anybody in. */
export interface FleetPlace extends Place {
  readonly aws: FakeAws;
  /** Credentials of the cloud. */
  readonly cloud: Readonly<Record<string, string>>;
  /** Writes the file of the inventory `cellar`. */
  readonly cellar: (lines: readonly object[]) => void;
}

export const FAST_RATE = { perSecond: 1000, burst: 1000 };

const ESTATE: AwsEstate = {
  accounts: [
    {
      id: HOME,
      regions: [
        {
          name: REGION,
          items: [
            bucket('logs', { tags: { team: '=1+1' } }),
            bucket('data', { tags: { owner: 'ada' } }),
          ],
        },
      ],
    },
    { id: OTHER, refuses: true, regions: [{ name: REGION, items: [bucket('hidden')] }] },
  ],
};

const STATE = {
  version: 4,
  terraform_version: '1.9.0',
  serial: 1,
  resources: [
    {
      mode: 'managed',
      type: 'aws_sqs_queue',
      name: 'jobs',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        {
          attributes: {
            name: 'jobs',
            arn: `arn:aws:sqs:${REGION}:${HOME}:jobs`,
            tags: {},
            tags_all: {},
          },
        },
      ],
    },
  ],
};

/** A rule that mends what it finds once somebody else agreed; the cap is a number, for one account is never read whole. */
const RULE = `rules:
  - id: owner
    policy: PC-TAG-001
    parameters: {keys: [owner]}
    enforce: deny
    repair:
      mode: approve
      values: [{constant: platform}]
      caps: {percent: unlimited, incomplete: allow}
`;

export async function makeFleetPlace(estate: AwsEstate = ESTATE): Promise<FleetPlace> {
  const place = makePlace();
  const file = (name: string): string => path.join(place.folder, name);
  const cellar = (lines: readonly object[]): void =>
    writeFileSync(file('cellar.jsonl'), jsonLines(lines));
  mkdirSync(file('state'));
  writeFileSync(file('state/infra.tfstate'), JSON.stringify(STATE));
  writeFileSync(file('rules/owner.yaml'), RULE);
  cellar([thing('rack-1', { owner: 'ada' }), thing('rack-2', {})]);
  const aws = await startFakeAws({ estate, clock: () => new Date() });
  return {
    ...place,
    aws,
    cellar,
    cloud: {
      AWS_ACCESS_KEY_ID: FAKE_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: FAKE_KEYS.secretAccessKey,
    },
    env: {
      ...place.env,
      PORTCULLIS_INVENTORIES: JSON.stringify([
        { type: 'json-lines', name: 'mainframe' },
        { type: 'json-lines', name: 'cellar', paths: [file('cellar.jsonl')] },
        { type: 'terraform-state', name: 'infra', paths: [file('state')] },
        awsSettings(aws.url),
      ]),
      PORTCULLIS_SWEEPS: JSON.stringify([
        { name: 'nightly', coverage: 50 },
        { name: 'strict', inventories: ['aws'] },
      ]),
    },
  };
}

function awsSettings(url: string): object {
  return {
    type: 'aws',
    name: 'aws',
    accounts: [HOME, OTHER],
    role: 'arn:aws:iam::{account}:role/portcullis-reader',
    regions: [REGION],
    // What hangs is to hang until a test has seen it.
    attemptSeconds: 60,
    endpoints: { config: url, tagging: url, sts: url, organizations: url, iam: url },
    rate: { config: FAST_RATE, tagging: FAST_RATE, sts: FAST_RATE, iam: FAST_RATE },
  };
}

/** A line of an inventory of lines. */
export function thing(
  id: string,
  tags: Readonly<Record<string, string>> | null,
  more = {},
): object {
  return { id, kind: 'mainframe.dataset', provider: 'mainframe', tags, ...more };
}

export function jsonLines(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
