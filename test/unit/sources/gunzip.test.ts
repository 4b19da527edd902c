import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { gunzipBounded } from '../../../src/sources/gunzip.ts';

describe('decompression', () => {
  test('gives the bytes back', async () => {
    const bytes = await gunzipBounded(gzipSync('{"a":1}'), 7);
    expect(Buffer.from(bytes).toString()).toBe('{"a":1}');
  });

  test('stops at the limit: much fits into little', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    expect(bomb.length).toBeLessThan(30_000);
    await expect(gunzipBounded(bomb, 1_000_000)).rejects.toMatchObject({
      code: 'SOURCE_TOO_LARGE',
    });
  });

  test.each([
    ['no gzip', Buffer.from('{"a":1}')],
    ['cut off', gzipSync('{"a":1}').subarray(0, 12)],
    ['nothing', Buffer.alloc(0)],
  ])('%s is malformed', async (_, bytes) => {
    await expect(gunzipBounded(bytes, 100)).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
  });
});
