import { describe, expect, it } from 'vitest';

import { EVERYTHING, partOf, signal, VAULTS, world } from './opened.ts';
import { TOKEN } from './world.ts';

describe('when Azure is not well', () => {
  it('comes back when it is asked to, and goes on', async () => {
    const { inventory, outside } = await world({
      faults: [{ on: 'graph', times: 2, harm: { kind: 'throttle', retryAfter: 4 } }],
    });
    const { resources } = await inventory.read(partOf(VAULTS), undefined, signal);
    expect(resources).toHaveLength(1);
    expect(outside.slept.filter((wait) => wait === 4000)).toHaveLength(2);
  });

  it('is parked, after one call, when it is asked to come back in an hour', async () => {
    const { inventory, outside, fake } = await world({
      faults: [{ on: 'graph', harm: { kind: 'throttle', retryAfter: 3600 } }],
    });
    await expect(inventory.read(partOf(VAULTS), undefined, signal)).rejects.toMatchObject({
      code: 'CLOUD_PARKED',
      retryAt: '2026-11-25T09:00:00.000Z',
    });
    expect(outside.slept).toEqual([]);
    expect(fake.calls).toHaveLength(1);
  });

  it('waits for the quota that an answer says is used up', async () => {
    const { inventory, outside } = await world({
      faults: [{ on: 'graph', times: 1, harm: { kind: 'quota', resetsAfter: '00:00:04' } }],
    });
    await inventory.read(partOf(VAULTS), undefined, signal);
    await inventory.read(partOf(VAULTS), undefined, signal);
    expect(outside.slept).toEqual([4000]);
  });

  it('is parked when the quota comes back much later', async () => {
    const { inventory, fake } = await world({
      faults: [{ on: 'graph', times: 1, harm: { kind: 'quota', resetsAfter: '00:10:00' } }],
    });
    await inventory.read(partOf(VAULTS), undefined, signal);
    await expect(inventory.read(partOf(VAULTS), undefined, signal)).rejects.toMatchObject({
      code: 'CLOUD_PARKED',
      retryAt: '2026-11-25T08:10:00.000Z',
    });
    expect(fake.calls).toHaveLength(1);
  });

  it('keeps within fifteen queries in five seconds by itself', async () => {
    const { inventory, fake } = await world();
    for (let query = 0; query < 60; query++)
      await inventory.read(partOf(VAULTS), undefined, signal);
    expect(fake.calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  it.each([
    { harm: { kind: 'html' as const, status: 502 }, code: 'CLOUD_UNAVAILABLE', calls: 3 },
    { harm: { kind: 'html' as const, status: 200 }, code: 'CLOUD_UNAVAILABLE', calls: 3 },
    { harm: { kind: 'reset' as const }, code: 'CLOUD_UNAVAILABLE', calls: 3 },
    { harm: { kind: 'half-body' as const }, code: 'CLOUD_UNAVAILABLE', calls: 3 },
    { harm: { kind: 'hang' as const }, code: 'CLOUD_UNAVAILABLE', calls: 3 },
    { harm: { kind: 'wrong-shape' as const }, code: 'CLOUD_PROTOCOL', calls: 1 },
    { harm: { kind: 'expired' as const }, code: 'CLOUD_CREDENTIALS', calls: 1 },
    { harm: { kind: 'refuse' as const, status: 403, code: 'X' }, code: 'CLOUD_DENIED', calls: 1 },
    { harm: { kind: 'refuse' as const, status: 400, code: 'X' }, code: 'CLOUD_INVALID', calls: 1 },
    { harm: { kind: 'refuse' as const, status: 404, code: 'X' }, code: 'CLOUD_MISSING', calls: 1 },
  ])('$harm.kind $harm.status: $code after $calls calls', async ({ harm, code, calls }) => {
    const { inventory, fake } = await world(
      { faults: [{ on: 'graph', harm }] },
      harm.kind === 'hang' ? 1000 : undefined,
    );
    const error = await inventory
      .read(partOf(VAULTS), undefined, signal)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toContain(TOKEN);
    expect(fake.calls).toHaveLength(calls);
  });

  it('reads the other parts when one fails', async () => {
    const { inventory } = await world({
      faults: [{ on: 'graph', about: `'${VAULTS}'`, harm: { kind: 'html', status: 503 } }],
    });
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const outcomes = await Promise.allSettled(
      partitions.map((part) => inventory.read(part, undefined, signal)),
    );
    const failed = outcomes.flatMap(({ status }, index) =>
      status === 'rejected' ? [partitions[index]?.type] : [],
    );
    expect(failed).toEqual([expect.stringContaining(VAULTS)]);
    expect(partitions.length).toBeGreaterThan(1);
  });

  it('names the setting when nobody vouches for the endpoint', async () => {
    const { inventory } = await world({ settings: { ca: undefined } });
    await expect(inventory.plan(EVERYTHING, signal)).rejects.toMatchObject({
      code: 'CLOUD_SETTINGS',
      message: expect.stringContaining('`ca`') as string,
    });
  });
});
