import { describe, expect, it } from 'vitest';

import { TokenBucket } from '../../../../src/clouds/calls/bucket.ts';
import { createCaller } from '../../../../src/clouds/calls/caller.ts';
import type { Fault } from '../../../../src/clouds/calls/caller.ts';
import { fakeOutside } from '../outside.ts';

const SITE = {
  account: '111111111111',
  region: 'eu-central-1',
  service: 'config',
  action: 'Select',
};
const signal = new AbortController().signal;

function callerThatSees(fault: Partial<Fault>, limits: { attemptMs?: number } = {}) {
  const outside = fakeOutside();
  const caller = createCaller({
    outside,
    classify: () => ({ code: 'CLOUD_UNAVAILABLE', message: 'broken', retry: true, ...fault }),
    rate: () => ({ perSecond: 1000, burst: 1000 }),
    ...limits,
  });
  return { caller, outside };
}

describe('calling a cloud', () => {
  it('gives up after three tries, with pauses that grow', async () => {
    const { caller, outside } = callerThatSees({});
    let calls = 0;
    const work = () => {
      calls += 1;
      return Promise.reject(new Error('503'));
    };
    await expect(caller.call(SITE, work, { signal })).rejects.toMatchObject({
      code: 'CLOUD_UNAVAILABLE',
    });
    expect(calls).toBe(3);
    expect(outside.slept).toEqual([375, 750]);
  });

  it('does not try twice what is refused, or what must not happen twice', async () => {
    let calls = 0;
    const work = () => {
      calls += 1;
      return Promise.reject(new Error('no'));
    };
    const denied = callerThatSees({ code: 'CLOUD_DENIED', retry: false });
    await expect(denied.caller.call(SITE, work, { signal })).rejects.toMatchObject({
      code: 'CLOUD_DENIED',
    });
    const write = callerThatSees({});
    await expect(write.caller.call(SITE, work, { signal, again: false })).rejects.toMatchObject({
      code: 'CLOUD_UNAVAILABLE',
    });
    expect(calls).toBe(2);
  });

  it('parks a call that is asked to come back in an hour, and says when', async () => {
    const { caller, outside } = callerThatSees({
      code: 'CLOUD_THROTTLED',
      retryAfterMs: 3_600_000,
    });
    await expect(
      caller.call(SITE, () => Promise.reject(new Error('429')), { signal }),
    ).rejects.toMatchObject({ code: 'CLOUD_PARKED', retryAt: '2026-11-25T09:00:00.000Z' });
    expect(outside.slept).toEqual([]);
  });

  it('does not park a write that may have happened: that nothing was written is not known', async () => {
    const { caller } = callerThatSees({ code: 'CLOUD_UNAVAILABLE', retryAfterMs: 60_000 });
    const work = () => Promise.reject(new Error('503'));
    await expect(caller.call(SITE, work, { signal, again: false })).rejects.toMatchObject({
      code: 'CLOUD_UNAVAILABLE',
    });
    await expect(caller.call(SITE, work, { signal })).rejects.toMatchObject({
      code: 'CLOUD_PARKED',
    });
  });

  it('ends an attempt that hangs, whether the SDK listens or not', async () => {
    const { caller } = callerThatSees({}, { attemptMs: 20 });
    await expect(
      caller.call(SITE, () => new Promise(() => undefined), { signal, again: false }),
    ).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE' });
  });

  it('stops at once when nobody wants the answer any more', async () => {
    const { caller } = callerThatSees({});
    const gone = new AbortController();
    const pending = caller.call(SITE, () => new Promise(() => undefined), { signal: gone.signal });
    gone.abort();
    await expect(pending).rejects.toMatchObject({ code: 'CLOUD_STOPPED' });
  });

  it('spends a bounded budget of retries on a service that is down for everybody', async () => {
    const { caller } = callerThatSees({});
    let calls = 0;
    const work = () => {
      calls += 1;
      return Promise.reject(new Error('503'));
    };
    for (let i = 0; i < 100; i++) await caller.call(SITE, work, { signal }).catch(() => undefined);
    expect(calls).toBe(120);
  });
});

describe('a token bucket', () => {
  it('lets a burst through and spreads the rest', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 2 }, 0);
    expect([bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([
      0, 0, 100, 200,
    ]);
  });

  it('comes to less than five calls a second under throttling that does not end', () => {
    const bucket = new TokenBucket({ perSecond: 20, burst: 20 }, 0);
    let now = 0;
    let calls = 0;
    while (now < 60_000) {
      now += bucket.take(now);
      calls += 1;
      bucket.throttled(now);
      now += 1;
    }
    expect(calls / 60).toBeLessThan(5);
  });

  it('recovers when throttling ends', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 1 }, 0);
    for (let at = 0; at < 10_000; at += 1000) bucket.throttled(at);
    bucket.take(40_000);
    bucket.take(40_000);
    expect(bucket.take(40_000)).toBeLessThanOrEqual(300);
  });
});
