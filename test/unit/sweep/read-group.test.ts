import { describe, expect, it } from 'vitest';

import { CloudError } from '../../../src/clouds/errors.ts';
import { readGroup } from '../../../src/sweep/read-group.ts';
import { bucket, cloud } from './world.ts';
import type { Part } from './world.ts';

const never = new AbortController().signal;
const LIMITS = { group: 3, whole: 5 };
const PARTITION = { key: 'one', scope: { account: '1' } };

const read = (pages: Part['pages'], from?: string, seen = new Set<string>()) =>
  readGroup(cloud({ one: { pages } }), PARTITION, from, seen, LIMITS, never);

const linked = (name: string) => bucket(name, {}, { raw: { dialect: 'terraform' } });

describe('pages', () => {
  it('are put together until there are enough resources', async () => {
    const pages = ['a', 'b', 'c', 'd'].map((name) => [bucket(name)]);
    expect(await read(pages)).toMatchObject({ pages: 3, next: '3', whole: false });
    expect(await read(pages, '3')).toMatchObject({ pages: 1, next: undefined, whole: false });
    expect(await read(pages.slice(0, 3))).toMatchObject({ pages: 3, next: undefined, whole: true });
  });

  it('that loop are noticed by the first cursor that returns', async () => {
    const looping = [
      { resources: [], next: '0' },
      { resources: [], next: '0' },
    ];
    await expect(read(looping)).rejects.toMatchObject({
      code: 'CLOUD_PROTOCOL',
      message: expect.stringContaining('do not come to an end') as unknown,
    });
  });

  it('before one that could not be read are kept, and the rest is a gap', async () => {
    expect(await read([[bucket('a')], new CloudError('CLOUD_DENIED', 'no')])).toMatchObject({
      resources: [{ resource: { address: 'arn:aws:s3:::a' } }],
      gaps: [{ code: 'CLOUD_DENIED', scope: { account: '1' }, message: 'no' }],
      next: undefined,
      whole: false,
    });
  });

  it('before a request to come back later are read again', async () => {
    const parked = new CloudError('CLOUD_PARKED', 'later', { retryAt: '2026-11-25T09:00:00.000Z' });
    await expect(read([[bucket('a')], parked])).rejects.toBe(parked);
  });

  it('of an adapter that breaks are a gap like any other', async () => {
    await expect(read([new TypeError('undefined is no function')])).rejects.toMatchObject({
      code: 'CLOUD_PROTOCOL',
    });
  });

  it('in the words of Terraform are read whole, or not at all', async () => {
    const four = ['a', 'b', 'c', 'd'].map((name) => [linked(name)]);
    expect(await read(four)).toMatchObject({ pages: 4, next: undefined, whole: true });
    await expect(read([...four, [linked('e')], [linked('f')], []])).rejects.toMatchObject({
      code: 'CLOUD_SETTINGS',
    });
    const torn = [...four.slice(0, 2), new CloudError('CLOUD_UNAVAILABLE', 'down')];
    await expect(read(torn)).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE' });
  });

  it('of kinds that are compared are read whole, up to a limit, and in groups from there on', async () => {
    const compared = { ...PARTITION, together: { bucket: 'aws.s3.bucket' } };
    const pages = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [bucket(name)]);
    const from = (count: number, cursor?: string, expected?: number) =>
      readGroup(
        cloud({ one: { pages: pages.slice(0, count) } }),
        { ...compared, ...(expected === undefined ? {} : { expected }) },
        cursor,
        new Set(),
        LIMITS,
        never,
      );
    expect(await from(5)).toMatchObject({ pages: 5, next: undefined, whole: true });
    expect(await from(7)).toMatchObject({ pages: 5, next: '5', whole: false });
    expect(await from(7, '1')).toMatchObject({ pages: 3, next: '4', whole: false });
    expect(await from(7, undefined, 6)).toMatchObject({ pages: 3, next: '3', whole: false });
  });
});
