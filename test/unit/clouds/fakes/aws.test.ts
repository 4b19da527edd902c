import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { FAKE_KEYS, startFakeAws } from '../../../../src/clouds/fakes/aws/index.ts';
import type { FakeAws } from '../../../../src/clouds/fakes/aws/index.ts';
import { bucket, HOME, instance, OTHER, REGION } from '../aws/estates.ts';
import { fakeOutside } from '../outside.ts';
import type { FakeOutside } from '../outside.ts';

const CONFIG = 'StarlingDoveService';
const TAGGING = 'ResourceGroupsTaggingAPI_20170126';

let outside: FakeOutside;
let fake: FakeAws;

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

interface Asked {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly code: string | undefined;
}

/** A request as the SDKs make it, but for what they would not send. */
async function ask(
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

const select = async (expression: string, more: object = {}) =>
  await ask(`${CONFIG}.SelectResourceConfig`, { Expression: expression, ...more });
const rowsOf = ({ body }: Asked): unknown[] =>
  z
    .array(z.string())
    .parse(body['Results'])
    .map((row): unknown => JSON.parse(row));
const arns = (count: number) => Array.from({ length: count }, (_, n) => instance(n).arn);
const tagging = async (operation: string, input: unknown, headers = {}, region = REGION) =>
  await ask(`${TAGGING}.${operation}`, input, headers, region);

describe('the SQL of the fake AWS Config', () => {
  it.each([
    ["SELECT * FROM x WHERE resourceType = 'a'", 'FROM'],
    ["SELECT DISTINCT arn WHERE resourceType = 'a'", 'DISTINCT'],
    ['SELECT arn WHERE tags = NULL', 'NULL'],
    ["SELECT arn AS a WHERE resourceType = 'a'", 'AS'],
    ["SELECT arn WHERE resourceType LIKE '%Bucket'", 'suffix'],
    ["SELECT arn WHERE resourceType LIKE 'AW%'", 'suffix'],
    ["SELECT tags.key WHERE resourceType = 'a'", 'unpacked'],
    ['SELECT arn, COUNT(*)', 'GROUP BY'],
    ['arn', 'SELECT'],
    [`SELECT arn WHERE arn = '${'x'.repeat(4096)}'`, '4096'],
    ['', '4096'],
  ])('refuses %s', async (expression, why) => {
    const { status, code, body } = await select(expression);
    expect([status, code]).toEqual([400, 'InvalidExpressionException']);
    expect(String(body['message'])).toContain(why);
  });

  it('leaves tags and configuration out of SELECT *', async () => {
    const [row] = rowsOf(await select("SELECT * WHERE resourceId = 'never'"));
    expect(row).toMatchObject({ arn: 'arn:aws:s3:::never', accountId: HOME });
    expect(Object.keys(z.object({}).loose().parse(row))).not.toEqual(
      expect.arrayContaining(['tags']),
    );
  });

  it('tells tags as a list with key, value and tag, and an empty one for none', async () => {
    expect(
      rowsOf(
        await select(`SELECT tags WHERE resourceId IN ('${instance(7).resourceId}', 'never')`),
      ),
    ).toEqual([{ tags: [{ key: 'n', value: '7', tag: 'n=7' }] }, { tags: [] }]);
  });

  it('counts by type, and says nothing of types that are not recorded', async () => {
    expect(rowsOf(await select('SELECT resourceType, COUNT(*) GROUP BY resourceType'))).toEqual([
      { resourceType: 'AWS::EC2::Instance', 'COUNT(*)': 60 },
      { resourceType: 'AWS::S3::Bucket', 'COUNT(*)': 2 },
    ]);
  });

  it('pages by 25 where no limit is given, and by 100 at most', async () => {
    const first = await select('SELECT arn');
    expect(rowsOf(first)).toHaveLength(25);
    const second = await select('SELECT arn', { NextToken: first.body['NextToken'] });
    expect(rowsOf(second)).toHaveLength(25);
    expect(rowsOf(await select('SELECT arn', { Limit: 100 }))).toHaveLength(62);
    expect((await select('SELECT arn', { Limit: 101 })).code).toBe('InvalidLimitException');
  });

  it('takes a token for its own question alone', async () => {
    const { body } = await select('SELECT arn');
    const other = await select('SELECT resourceId', { NextToken: body['NextToken'] });
    expect(other.code).toBe('InvalidNextTokenException');
  });
});

describe('the batches of the fake AWS Config', () => {
  it('tell no tags, and take 100 keys at most', async () => {
    const key = { resourceType: 'AWS::S3::Bucket', resourceId: 'once' };
    const batch = async (count: number) =>
      await ask(`${CONFIG}.BatchGetResourceConfig`, {
        resourceKeys: Array.from({ length: count }, () => key),
      });
    const { body } = await batch(1);
    const [item] = z.array(z.record(z.string(), z.unknown())).parse(body['baseConfigurationItems']);
    expect(item).toMatchObject({ arn: 'arn:aws:s3:::once', configuration: '{"name":"once"}' });
    expect(item).not.toHaveProperty('tags');
    expect(item).not.toHaveProperty('relationships');
    for (const count of [0, 101]) expect((await batch(count)).code).toBe('ValidationException');
  });
});

describe('the fake Tagging API', () => {
  it('does not know what was never tagged, and knows what was tagged once', async () => {
    const { body } = await tagging('GetResources', {
      ResourceARNList: ['arn:aws:s3:::never', 'arn:aws:s3:::once', 'arn:aws:s3:::nowhere'],
    });
    expect(body['ResourceTagMappingList']).toEqual([
      { ResourceARN: 'arn:aws:s3:::once', Tags: [] },
    ]);
  });

  it.each<[string, string, unknown]>([
    ['101 ARNs are read', 'GetResources', { ResourceARNList: arns(101) }],
    [
      'ARNs come with a page size',
      'GetResources',
      { ResourceARNList: arns(1), ResourcesPerPage: 5 },
    ],
    ['ARNs come with a filter', 'GetResources', { ResourceARNList: arns(1), TagFilters: [] }],
    ['a page has 101', 'GetResources', { ResourcesPerPage: 101 }],
    ['21 ARNs are written', 'TagResources', { ResourceARNList: arns(21), Tags: { a: 'b' } }],
    ['no ARN is written', 'TagResources', { ResourceARNList: [], Tags: { a: 'b' } }],
    ['no tag is written', 'TagResources', { ResourceARNList: arns(1), Tags: {} }],
    [
      '51 tags are written',
      'TagResources',
      {
        ResourceARNList: arns(1),
        Tags: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, ''])),
      },
    ],
    [
      'a key has 129',
      'TagResources',
      { ResourceARNList: arns(1), Tags: { ['k'.repeat(129)]: '' } },
    ],
    ['a value has 257', 'TagResources', { ResourceARNList: arns(1), Tags: { k: 'v'.repeat(257) } }],
    ['a key is reserved', 'TagResources', { ResourceARNList: arns(1), Tags: { 'AWS:x': '' } }],
    ['an ARN is none', 'UntagResources', { ResourceARNList: ['x'], TagKeys: ['a'] }],
    [
      'an ARN has 1012 characters',
      'UntagResources',
      { ResourceARNList: [`arn:aws:s3:::${'x'.repeat(1000)}`], TagKeys: ['a'] },
    ],
  ])('refuses the whole call when %s', async (_, operation, input) => {
    const { status, code } = await tagging(operation, input);
    expect([status, code]).toEqual([400, 'InvalidParameterException']);
  });

  it('answers 200 with a map for what fails alone, and does the rest', async () => {
    const gone = instance(99).arn;
    const { status, body } = await tagging('TagResources', {
      ResourceARNList: [instance(1).arn, gone],
      Tags: { owner: 'shop' },
    });
    expect(status).toBe(200);
    expect(body['FailedResourcesMap']).toMatchObject({
      [gone]: { StatusCode: 404, ErrorCode: 'ResourceNotFoundException' },
    });
    expect(tagsNow(instance(1).arn)).toEqual({ n: '1', owner: 'shop' });
  });

  it('does not mind a key that is not there, and keeps a resource that has no tags left', async () => {
    const { arn } = instance(1);
    const input = { ResourceARNList: [arn], TagKeys: ['n', 'never-there'] };
    expect((await tagging('UntagResources', input)).body).toEqual({ FailedResourcesMap: {} });
    const { body } = await tagging('GetResources', { ResourceARNList: [arn] });
    expect(body['ResourceTagMappingList']).toEqual([{ ResourceARN: arn, Tags: [] }]);
  });

  it('does not reach from one region into another', async () => {
    const { arn } = instance(1);
    const input = { ResourceARNList: [arn], Tags: { owner: 'x' } };
    const { body } = await tagging('TagResources', input, {}, 'us-east-1');
    expect(body['FailedResourcesMap']).toHaveProperty([arn]);
    expect(tagsNow(arn)).toEqual({ n: '1' });
  });

  it('lets tokens grow old in 15 minutes', async () => {
    const first = await tagging('GetResources', { ResourcesPerPage: 10 });
    const next = async () =>
      await tagging('GetResources', {
        ResourcesPerPage: 10,
        PaginationToken: first.body['PaginationToken'],
      });
    outside.advance(15 * 60_000);
    expect((await next()).status).toBe(200);
    outside.advance(1000);
    expect((await next()).code).toBe('PaginationTokenExpiredException');
  });
});

describe('who asks the fake', () => {
  it('must be known, signed and in time', async () => {
    expect((await tagging('GetResources', {}, { authorization: '' })).status).toBe(403);
    const stranger = `AWS4-HMAC-SHA256 Credential=AKIAOTHER/20261125/${REGION}/x/aws4_request`;
    expect((await tagging('GetResources', {}, { authorization: stranger })).code).toBe(
      'UnrecognizedClientException',
    );
  });

  it('cannot assume a role in an account that refuses', async () => {
    const assume = async (account: string) =>
      await fetch(fake.url, {
        method: 'POST',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${FAKE_KEYS.accessKeyId}/20261125/${REGION}/sts/aws4_request`,
        },
        body: new URLSearchParams({
          Action: 'AssumeRole',
          Version: '2011-06-15',
          RoleArn: `arn:aws:iam::${account}:role/reader`,
          RoleSessionName: 'test',
        }),
      });
    const refused = await assume('333333333333');
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('<Code>AccessDenied</Code>');
    const xml = await (await assume(OTHER)).text();
    const [, key = ''] = /<AccessKeyId>(\w+)</.exec(xml) ?? [];
    const [, token = ''] = /<SessionToken>([\w-]+)</.exec(xml) ?? [];
    const session = {
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261125/${REGION}/x/aws4_request`,
      'x-amz-security-token': token,
    };
    expect((await tagging('GetResources', {}, session)).body['ResourceTagMappingList']).toEqual([]);
    expect(fake.calls.at(-1)?.account).toBe(OTHER);
    outside.advance(3600_000);
    expect((await tagging('GetResources', {}, session)).code).toBe('ExpiredTokenException');
  });
});

describe('faults of the fake', () => {
  it('come with a request that asks for them', async () => {
    const { arn } = instance(1);
    const input = { ResourceARNList: arns(3), Tags: { owner: 'x' } };
    const header = { 'x-portcullis-fault': `throttle-embedded; arn=${arn}` };
    const { body } = await tagging('TagResources', input, header);
    expect(
      Object.keys(z.record(z.string(), z.unknown()).parse(body['FailedResourcesMap'])),
    ).toEqual([arn]);
    const late = { 'x-portcullis-fault': 'throttle; retryAfter=60' };
    expect((await tagging('GetResources', {}, late)).status).toBe(429);
  });

  it('come by chance, and the same in every run of one seed', async () => {
    const run = async (seed: number): Promise<number[]> => {
      const one = await startFakeAws({
        estate: fake.estate(),
        clock: outside.clock,
        seed,
        faults: [{ kind: 'throttle', probability: 0.5 }],
      });
      const before = fake;
      fake = one;
      const statuses: number[] = [];
      for (let n = 0; n < 12; n += 1) statuses.push((await tagging('GetResources', {})).status);
      fake = before;
      await one.close();
      return statuses;
    };
    const first = await run(3);
    expect(new Set(first)).toEqual(new Set([200, 400]));
    expect(await run(3)).toEqual(first);
    expect(await run(4)).not.toEqual(first);
  });
});

function tagsNow(arn: string): unknown {
  const regions = fake.estate().accounts.flatMap((account) => account.regions);
  return regions.flatMap(({ items }) => items).find((item) => item.arn === arn)?.tags;
}
