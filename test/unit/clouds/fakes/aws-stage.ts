import { afterEach, beforeEach } from 'vitest';
import { z } from 'zod';

import { FAKE_KEYS, startFakeAws } from '../../../../src/clouds/fakes/aws/index.ts';
import type { FakeAws } from '../../../../src/clouds/fakes/aws/index.ts';
import { bucket, HOME, instance, OTHER, REGION } from '../aws/estates.ts';
import { fakeOutside } from '../outside.ts';
import type { FakeOutside } from '../outside.ts';

export const CONFIG = 'StarlingDoveService';
const TAGGING = 'ResourceGroupsTaggingAPI_20170126';

/** The stage of a test: fresh for each. */
export let outside: FakeOutside;
export let fake: FakeAws;

/** Asks another fake for a while. */
export async function instead<T>(other: FakeAws, work: () => Promise<T>): Promise<T> {
  const before = fake;
  fake = other;
  try {
    return await work();
  } finally {
    fake = before;
    await other.close();
  }
}

/** Starts a fake before each test of a file, and ends it. */
export function useFakeAws(): void {
  beforeEach(async () => {
    outside = fakeOutside();
    fake = await startFakeAws({
      estate: {
        accounts: [
          {
            id: HOME,
            regions: [
              {
                name: REGION,
                unrecorded: ['AWS::SQS::Queue'],
                items: [
                  ...Array.from({ length: 60 }, (_, n) => instance(n, { tags: { n: String(n) } })),
                  bucket('never'),
                  bucket('once', { tags: {} }),
                  {
                    arn: `arn:aws:sqs:${REGION}:${HOME}:mail`,
                    resourceId: 'mail',
                    resourceType: 'AWS::SQS::Queue',
                    tags: {},
                  },
                ],
              },
            ],
          },
          { id: OTHER, regions: [] },
          { id: '333333333333', refuses: true, regions: [] },
        ],
      },
      clock: outside.clock,
    });
  });
  afterEach(async () => await fake.close());
}

interface Asked {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly code: string | undefined;
}

/** A request as the SDKs make it, but for what they would not send. */
export async function ask(
  operation: string,
  input: unknown,
  headers: Record<string, string> = {},
  region = REGION,
): Promise<Asked> {
  const response = await fetch(fake.url, {
    method: 'POST',
    headers: {
      'x-amz-target': operation,
      authorization: `AWS4-HMAC-SHA256 Credential=${FAKE_KEYS.accessKeyId}/20261125/${region}/x/aws4_request, SignedHeaders=host, Signature=0`,
      ...headers,
    },
    body: JSON.stringify(input),
  });
  const body = z.record(z.string(), z.unknown()).parse(await response.json());
  const code = typeof body['__type'] === 'string' ? body['__type'] : undefined;
  return { status: response.status, body, code };
}

export const select = async (expression: string, more: object = {}) =>
  await ask(`${CONFIG}.SelectResourceConfig`, { Expression: expression, ...more });
export const rowsOf = ({ body }: Asked): unknown[] =>
  z
    .array(z.string())
    .parse(body['Results'])
    .map((row): unknown => JSON.parse(row));
export const arns = (count: number) => Array.from({ length: count }, (_, n) => instance(n).arn);
export const tagging = async (operation: string, input: unknown, headers = {}, region = REGION) =>
  await ask(`${TAGGING}.${operation}`, input, headers, region);

export function tagsNow(arn: string): unknown {
  const regions = fake.estate().accounts.flatMap((account) => account.regions);
  return regions.flatMap(({ items }) => items).find((item) => item.arn === arn)?.tags;
}
