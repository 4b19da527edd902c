import { AwsSettings } from '../../../../src/clouds/aws/schema.ts';
import { FAKE_KEYS, startFakeAws } from '../../../../src/clouds/fakes/aws/index.ts';
import type {
  AwsEstate,
  AwsFault,
  ConfigItem,
  FakeAws,
  TrailEvent,
} from '../../../../src/clouds/fakes/aws/index.ts';
import { fakeOutside } from '../outside.ts';
import type { FakeOutside } from '../outside.ts';

export const HOME = '111111111111';
export const OTHER = '222222222222';
export const REGION = 'eu-central-1';

/** A virtual machine; `number` tells it from others. */
export function instance(number: number, given: Partial<ConfigItem> = {}): ConfigItem {
  const id = `i-${String(number).padStart(8, '0')}`;
  return {
    arn: `arn:aws:ec2:${REGION}:${HOME}:instance/${id}`,
    resourceId: id,
    resourceType: 'AWS::EC2::Instance',
    resourceCreationTime: '2026-01-02T03:04:05.000Z',
    configurationItemCaptureTime: '2026-11-24T20:00:00.000Z',
    configuration: { instanceId: id, instanceType: 't3.micro' },
    ...given,
  };
}

export function bucket(name: string, given: Partial<ConfigItem> = {}): ConfigItem {
  return {
    arn: `arn:aws:s3:::${name}`,
    resourceId: name,
    resourceName: name,
    resourceType: 'AWS::S3::Bucket',
    configuration: { name },
    supplementaryConfiguration: { BucketPolicy: '{"policyText":null}' },
    ...given,
  };
}

export function role(name: string, given: Partial<ConfigItem> = {}): ConfigItem {
  return {
    arn: `arn:aws:iam::${HOME}:role/team/${name}`,
    resourceId: `AROA${name.toUpperCase()}`,
    resourceName: name,
    resourceType: 'AWS::IAM::Role',
    configuration: { roleName: name },
    ...given,
  };
}

/** The call by which a person made a thing, as CloudTrail has it. */
export function creation(
  number: number,
  [resourceType, resourceName]: readonly [string, string],
  given: Partial<TrailEvent> = {},
): TrailEvent {
  return {
    eventID: `event-${number}`,
    eventName: `Create${resourceType.slice(resourceType.lastIndexOf(':') + 1)}`,
    eventSource: 'ec2.amazonaws.com',
    eventTime: '2026-11-20T08:00:00.000Z',
    userIdentity: { type: 'IAMUser', userName: 'ada' },
    resources: [{ name: resourceName, type: resourceType }],
    ...given,
  };
}

/** One account, one region. */
export function oneRegion(...items: ConfigItem[]): AwsEstate {
  return { accounts: [{ id: HOME, regions: [{ name: REGION, items }] }] };
}

export interface Stage {
  readonly fake: FakeAws;
  readonly outside: FakeOutside;
  readonly settings: (given?: Partial<AwsSettings>) => AwsSettings;
}

/** A fake, and everything that is needed to talk to it. */
export async function stage(estate: AwsEstate, faults: readonly AwsFault[] = []): Promise<Stage> {
  const outside = {
    ...fakeOutside(),
    env: {
      AWS_ACCESS_KEY_ID: FAKE_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: FAKE_KEYS.secretAccessKey,
    },
  };
  const fake = await startFakeAws({ estate, faults, clock: outside.clock });
  const { url } = fake;
  return {
    fake,
    outside,
    settings: (given = {}) =>
      AwsSettings.parse({
        type: 'aws',
        name: 'cloud',
        regions: [REGION],
        endpoints: {
          ...{ config: url, tagging: url, sts: url, organizations: url, iam: url },
          cloudtrail: url,
        },
        // Waiting costs no time here, but the clock of the fake goes on with it.
        rate: { config: FAST, tagging: FAST, sts: FAST, iam: FAST, organizations: FAST },
        ...given,
      }),
  };
}

const FAST = { perSecond: 1000, burst: 1000 };
