import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { startSigning } from '../../../../src/ledger/log/schedule.ts';

const MINUTE = 60_000;

describe('the head of a ledger is signed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function scheduled(sign: () => Promise<string> = () => Promise.resolve('head')) {
    const signed = vi.fn(sign);
    const warnings: unknown[] = [];
    const schedule = startSigning({ sign: signed }, 0, (...told) => warnings.push(told));
    return { signed, warnings, schedule };
  }

  it('once a minute, also when nothing comes', async () => {
    const { signed, schedule } = scheduled();
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(signed).toHaveBeenCalledTimes(0);
    await vi.advanceTimersByTimeAsync(2 * MINUTE + 1);
    expect(signed).toHaveBeenCalledTimes(3);
    await schedule.stop();
  });

  it('after a thousand records, and after the next thousand', async () => {
    const { signed, schedule } = scheduled();
    schedule.grown(999);
    expect(signed).toHaveBeenCalledTimes(0);
    schedule.grown(1_000);
    await vi.advanceTimersByTimeAsync(0);
    schedule.grown(1_999);
    expect(signed).toHaveBeenCalledTimes(1);
    schedule.grown(2_000);
    expect(signed).toHaveBeenCalledTimes(2);
    await schedule.stop();
  });

  it('once at a time, and for those who came meanwhile right after it', async () => {
    let done = (): void => undefined;
    const { signed, schedule } = scheduled(
      () => new Promise((resolve) => (done = () => resolve('head'))),
    );
    schedule.grown(1_000);
    schedule.grown(2_500);
    expect(signed).toHaveBeenCalledTimes(1);
    done();
    await vi.advanceTimersByTimeAsync(0);
    schedule.grown(2_501);
    expect(signed).toHaveBeenCalledTimes(2);
    done();
    await schedule.stop();
  });

  it('when it could not be, a minute later again, and each time somebody is told', async () => {
    let broken = true;
    const { signed, warnings, schedule } = scheduled(() =>
      broken ? Promise.reject(new Error('no disk')) : Promise.resolve('head'),
    );
    schedule.grown(1_000);
    await vi.advanceTimersByTimeAsync(0);
    // What failed is not tried again with every commit.
    schedule.grown(1_001);
    expect(signed).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(warnings).toEqual(
      Array(2).fill(['the head of the ledger could not be signed', { error: 'no disk' }]),
    );
    broken = false;
    await vi.advanceTimersByTimeAsync(MINUTE);
    schedule.grown(3_000);
    expect(signed).toHaveBeenCalledTimes(4);
    await schedule.stop();
  });

  it('a last time when it is stopped, if there is something to sign, and no more', async () => {
    const { signed, schedule } = scheduled();
    schedule.grown(1);
    await schedule.stop();
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(signed).toHaveBeenCalledTimes(1);
    const idle = scheduled();
    await idle.schedule.stop();
    expect(idle.signed).toHaveBeenCalledTimes(0);
  });
});
