import { afterEach, describe, expect, it } from 'vitest';

import { openAwsInventory } from '../../../../src/clouds/aws/inventory.ts';
import type { AwsFault } from '../../../../src/clouds/fakes/aws/index.ts';
import type { Partition } from '../../../../src/clouds/inventory.ts';
import { HOME, oneRegion, OTHER, REGION, stage } from './estates.ts';
import {
  closeAll,
  machines,
  opened,
  PART,
  readPart,
  ROLE,
  scene,
  signal,
  thrownBy,
} from './scenes.ts';

afterEach(closeAll);

describe('a broken answer', () => {
  it.each<[AwsFault['kind'], string]>([
    ['html-5xx', 'CLOUD_UNAVAILABLE'],
    ['reset', 'CLOUD_UNAVAILABLE'],
    ['hang', 'CLOUD_UNAVAILABLE'],
    ['half-body', 'CLOUD_PROTOCOL'],
    ['denied', 'CLOUD_DENIED'],
    ['throttle', 'CLOUD_THROTTLED'],
  ])('of the kind %s is tried three times at most, and is %s', async (kind, code) => {
    const { inventory, fake } = await scene(
      oneRegion(...machines(3)),
      kind === 'hang' ? { attemptSeconds: 0.5 } : {},
      [{ kind, operation: 'SelectResourceConfig' }],
    );
    const error = await thrownBy(inventory.read(PART, undefined, signal));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('<html>');
    expect(fake.calls.length).toBe(kind === 'denied' ? 1 : 3);
  });

  it.each<AwsFault['kind']>(['html-5xx', 'reset', 'hang', 'half-body', 'throttle'])(
    'of the kind %s is got over when it passes',
    async (kind) => {
      const { inventory } = await scene(oneRegion(...machines(3)), { attemptSeconds: 3 }, [
        { kind, times: kind === 'hang' ? 1 : 2 },
      ]);
      expect(await readPart(inventory)).toHaveLength(3);
    },
  );

  it('parks the part when the service asks for an hour', async () => {
    const { inventory, outside, fake } = await scene(oneRegion(...machines(3)), {}, [
      { kind: 'throttle', retryAfter: '3600' },
    ]);
    const error = await thrownBy(inventory.read(PART, undefined, signal));
    expect(error).toMatchObject({ code: 'CLOUD_PARKED', retryAt: '2026-11-25T09:00:00.000Z' });
    expect(outside.slept).toEqual([]);
    expect(fake.calls).toHaveLength(1);
  });
});

describe('an account that throttles everything for a minute', () => {
  it('is asked at most five times a second, holds up nobody, and is read afterwards', async () => {
    const { outside, fake, settings } = await stage({
      accounts: [
        { id: HOME, regions: [{ name: REGION, items: machines(250) }] },
        { id: OTHER, regions: [{ name: REGION, items: machines(250) }] },
      ],
    });
    opened.push(fake);
    const inventory = openAwsInventory(
      { ...settings({ accounts: [HOME, OTHER], role: ROLE }), rate: {} },
      outside,
    );
    opened.push(inventory);
    const throttled: Partition = { ...PART, scope: { account: OTHER, region: REGION } };
    await inventory.read(throttled, undefined, signal);
    const start = outside.clock().getTime();
    fake.addFault({ kind: 'throttle', account: OTHER, until: start + 60_000 });
    let failures = 0;
    let others = 0;
    for (;;) {
      others += (await readPart(inventory)).length;
      try {
        expect(await readPart(inventory, throttled)).toHaveLength(250);
        break;
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'CLOUD_THROTTLED' });
        failures += 1;
      }
    }
    expect(failures).toBeGreaterThan(0);
    expect(others).toBe(250 * (failures + 1));
    const times = fake.calls
      .filter(({ account, service }) => account === OTHER && service === 'config')
      .map(({ at }) => at.getTime() - start)
      .filter((at) => at >= 0);
    for (const from of times)
      expect(times.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(5);
  });
});
