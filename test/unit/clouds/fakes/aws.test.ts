import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { FAKE_KEYS, startFakeAws } from '../../../../src/clouds/fakes/aws/index.ts';
import { instance, OTHER, REGION } from '../aws/estates.ts';
import { arns, fake, instead, outside, tagging, tagsNow, useFakeAws } from './aws-stage.ts';

useFakeAws();

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
      return await instead(one, async () => {
        const statuses: number[] = [];
        for (let n = 0; n < 12; n += 1) statuses.push((await tagging('GetResources', {})).status);
        return statuses;
      });
    };
    const first = await run(3);
    expect(new Set(first)).toEqual(new Set([200, 400]));
    expect(await run(3)).toEqual(first);
    expect(await run(4)).not.toEqual(first);
  });
});
