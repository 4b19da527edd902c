import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { HOME, instance } from '../aws/estates.ts';
import { CONFIG, ask, rowsOf, select, useFakeAws } from './aws-stage.ts';

useFakeAws();

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
