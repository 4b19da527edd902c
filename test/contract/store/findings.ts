import { beforeEach, describe, expect, it } from 'vitest';

import type { Store } from '../../../src/store/index.ts';
import { policy, rule } from '../../rules.ts';
import { bucket, cloud, ownerNamed, scriptedJudge, startProcess } from '../../unit/sweep/world.ts';
import type { StorePlace } from '../store.ts';

/** Findings as they are read: filters, pages and totals mean the same on every database. */
export function findingContract(place: () => StorePlace): void {
  let store: Store;
  beforeEach(async () => {
    store = await place().open();
  });

  describe('findings', () => {
    it('are filtered, paged from the worst on, and counted', async () => {
      const grave = rule({ id: 'public', policy: policy({ severity: 'critical' }) });
      const judge = scriptedJudge(
        [rule(), ownerNamed],
        [
          grave,
          ({ address }) =>
            address.endsWith('[1]')
              ? { verdict: 'violation', violations: [{ address, path: '', message: 'open' }] }
              : { verdict: 'compliant' },
        ],
      );
      const process = startProcess(store, judge, [
        cloud({
          one: {
            pages: [
              [bucket('x[1]', { team: 'a%b' }), bucket('x_2', { team: 'zero\0' }), bucket('y')],
            ],
          },
        }),
      ]);
      await process.sweep();
      const { findings } = store;
      const names = async (filter: Parameters<typeof findings.list>[0]) =>
        (await findings.list(filter, 10)).findings.map(
          ({ rule: of, address }) => `${of} ${address.slice('arn:aws:s3:::'.length)}`,
        );
      expect((await names({}))[0]).toBe('public x[1]');
      expect(await names({ severity: 'critical' })).toEqual(['public x[1]']);
      expect(await names({ rule: 'tagging.owner', address: '*:x[1]' })).toEqual([
        'tagging.owner x[1]',
      ]);
      expect(await names({ address: '*x_2' })).toEqual(['tagging.owner x_2']);
      expect(await names({ address: '*X_2' })).toEqual([]);
      expect(await names({ rule: 'tagging.*', account: '?', kind: 'buck*' })).toHaveLength(3);
      expect(await names({ rule: 'Tagging.*' })).toEqual([]);
      expect(await names({ rule: 'tagging_owner' })).toEqual([]);
      expect(await names({ region: '*west*' })).toEqual([]);
      expect(await names({ tag: { key: 'team', value: 'a%b' }, rule: 'public' })).toHaveLength(1);
      expect(await names({ tag: { key: 'team' } })).toHaveLength(3);
      expect(await names({ tag: { key: 'nobody' } })).toEqual([]);
      expect(await names({ state: 'resolved' })).toEqual([]);
      expect(await names({ since: '2999-01-01T00:00:00Z' })).toEqual([]);

      const paged: string[] = [];
      let after: string | undefined;
      do {
        const page = await findings.list({}, 1, after);
        paged.push(...page.findings.map(({ id }) => id));
        after = page.next;
      } while (after !== undefined);
      expect(paged).toEqual((await findings.list({}, 10)).findings.map(({ id }) => id));

      expect(await findings.totals({ state: 'open' })).toEqual({
        total: 4,
        bySeverity: { low: 0, medium: 0, high: 3, critical: 1 },
        byRule: { 'tagging.owner': 3, public: 1 },
        byAccount: { '1': 4 },
      });
    });
  });
}
