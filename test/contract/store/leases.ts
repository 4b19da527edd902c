import { describe, expect, it } from 'vitest';

import type { Held, Lease } from '../../../src/sweep/lease.ts';
import type { StorePlace } from '../store.ts';

const TTL_MS = 1_000;

function held(answer: Lease | Held): Held {
  if ('heldBy' in answer) return answer;
  throw new Error(`${answer.owner} got it`);
}

function lease(answer: Lease | Held): Lease {
  if ('fences' in answer) return answer;
  throw new Error(`${answer.scope} is held by ${answer.heldBy}`);
}

export function leaseContract(place: () => StorePlace): void {
  describe('leases', () => {
    it('are held by one of many who want them at the same time', async () => {
      const stores = await Promise.all([place().open(), place().open(), place().open()]);
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          stores[n % 3]!.leases.acquire(['aws', 'azure'], `owner ${n}`, 60_000),
        ),
      );
      const winners = answers.filter((answer) => 'fences' in answer);
      expect(winners).toHaveLength(1);
      expect(new Set(answers.filter((answer) => 'heldBy' in answer).map((h) => h.heldBy))).toEqual(
        new Set([winners[0]!.owner]),
      );
    });

    it('are taken all or not at all', async () => {
      const { leases } = await place().open();
      lease(await leases.acquire(['azure'], 'first', 60_000));
      expect(held(await leases.acquire(['aws', 'azure'], 'second', 60_000))).toMatchObject({
        heldBy: 'first',
        scope: 'azure',
      });
      expect(await leases.free(['aws', 'azure'])).toEqual(['aws']);
    });

    it('run out when they are not renewed, and the next one has a higher token', async () => {
      const { leases } = await place().open();
      const first = lease(await leases.acquire(['aws'], 'first', TTL_MS));
      await place().pass(TTL_MS / 2);
      await leases.renew(first, TTL_MS);
      await place().pass(TTL_MS / 2 + 100);
      held(await leases.acquire(['aws'], 'second', TTL_MS));
      await place().pass(TTL_MS);
      const second = lease(await leases.acquire(['aws'], 'second', TTL_MS));
      expect(second.fences[0]!.token).toBeGreaterThan(first.fences[0]!.token);
      await expect(leases.renew(first, TTL_MS)).rejects.toMatchObject({ code: 'SWEEP_FENCED' });
    });

    it('are free at once after a release, which does nothing to somebody else’s', async () => {
      const { leases } = await place().open();
      const first = lease(await leases.acquire(['aws'], 'first', 60_000));
      await leases.release(first);
      const second = lease(await leases.acquire(['aws'], 'second', 60_000));
      await leases.release(first);
      held(await leases.acquire(['aws'], 'third', 60_000));
      await leases.renew(second, 60_000);
    });
  });
}
