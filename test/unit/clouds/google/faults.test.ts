import { describe, expect, it } from 'vitest';

import { BrokenAnswer, classify, refusedAnswer } from '../../../../src/clouds/google/faults.ts';

const SITE = { account: 'shop', region: 'global', service: 'compute', action: 'instances.get' };
const NOW = new Date('2026-11-25T08:00:00Z');

function judged(status: number, body: unknown, retryAfter: string | null = null) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return classify(refusedAnswer(status, text, retryAfter, NOW), SITE);
}

const legacy = (reason: string) => ({ error: { message: 'no', errors: [{ reason }] } });

describe('what an answer of Google means', () => {
  it.each<[number, unknown, string, boolean]>([
    [400, { error: { status: 'INVALID_ARGUMENT' } }, 'CLOUD_INVALID', false],
    [401, { error: { status: 'UNAUTHENTICATED' } }, 'CLOUD_CREDENTIALS', false],
    [403, { error: { status: 'PERMISSION_DENIED' } }, 'CLOUD_DENIED', false],
    [403, legacy('forbidden'), 'CLOUD_DENIED', false],
    [403, legacy('rateLimitExceeded'), 'CLOUD_THROTTLED', true],
    [403, legacy('userRateLimitExceeded'), 'CLOUD_THROTTLED', true],
    [404, legacy('notFound'), 'CLOUD_MISSING', false],
    [410, '', 'CLOUD_MISSING', false],
    [412, legacy('conditionNotMet'), 'CLOUD_INVALID', false],
    [429, { error: { status: 'RESOURCE_EXHAUSTED' } }, 'CLOUD_THROTTLED', true],
    [500, '{', 'CLOUD_UNAVAILABLE', true],
    [503, '<html>Service Unavailable</html>', 'CLOUD_UNAVAILABLE', true],
    [403, '<html>Forbidden by a proxy</html>', 'CLOUD_DENIED', false],
    [302, '', 'CLOUD_INVALID', false],
  ])('is of %d %j: %s', (status, body, code, retry) => {
    expect(judged(status, body)).toMatchObject({ code, retry });
  });

  it.each<[string | null, unknown, number | undefined]>([
    ['30', {}, 30_000],
    ['Wed, 25 Nov 2026 09:00:00 GMT', {}, 3_600_000],
    ['Wed, 25 Nov 2026 07:00:00 GMT', {}, 0],
    ['soon', {}, undefined],
    [null, { error: { details: [{ '@type': 'x' }, { retryDelay: '2.5s' }] } }, 2500],
    [null, {}, undefined],
  ])('asks by Retry-After %j and %j to wait %j ms', (header, body, expected) => {
    expect(judged(429, body, header).retryAfterMs).toBe(expected);
  });

  it('names the cloud’s own reason, the most exact one there is', () => {
    const error = {
      message: 'API is not used.',
      status: 'PERMISSION_DENIED',
      details: [{ reason: 'SERVICE_DISABLED' }],
    };
    expect(judged(403, { error }).message).toBe(
      'compute (instances.get, shop) answered 403 SERVICE_DISABLED: API is not used.',
    );
  });

  it('shows a part of a long message only, and nothing of what is no answer', () => {
    const long = judged(400, { error: { message: 'x'.repeat(10_000) } });
    expect(long.message.length).toBeLessThan(400);
    expect(judged(502, '<html>secret</html>').message).not.toContain('secret');
    expect(classify(new SyntaxError('Unexpected token in secret'), SITE)).toMatchObject({
      code: 'CLOUD_PROTOCOL',
      message: expect.not.stringContaining('secret') as string,
    });
  });

  it('tries again what never arrived', () => {
    expect(classify(new BrokenAnswer('ECONNRESET'), SITE)).toMatchObject({
      code: 'CLOUD_UNAVAILABLE',
      retry: true,
    });
  });
});
