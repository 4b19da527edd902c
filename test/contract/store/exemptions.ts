import { beforeEach, describe, expect, it } from 'vitest';

import type { ExemptionDocument } from '../../../src/bindings/exemption.ts';
import { approval, rejection, revocation } from '../../../src/exemption/moves.ts';
import type { Store } from '../../../src/store/index.ts';
import type { StorePlace } from '../store.ts';

const asked = (given: Partial<ExemptionDocument> = {}): ExemptionDocument => ({
  id: 'EX-1',
  rules: ['tagging.*'],
  match: { tags: { 'sta"ge': ['l*'] } },
  reason: 'It moves. \0',
  owner: 'ada',
  until: '2999-01-01T01:00:00+01:00',
  ...given,
});

/** Exemptions that were asked for: what is done to them, seen by everybody who shares the store. */
export function exemptionContract(place: () => StorePlace): void {
  let store: Store;
  let other: Store;
  beforeEach(async () => {
    store = await place().open();
    other = await place().open();
  });
  const recordAll = async (): Promise<void> => {
    for (const { id, position } of await store.exemptions.unrecorded(100))
      await store.exemptions.setRecorded(id, position);
  };
  const liveStates = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await other.exemptions.live()).map(({ document, state }) => [document.id, state]),
    );

  describe('exemptions', () => {
    it('are asked for once: who asks again is told what became of it', async () => {
      const made = await store.exemptions.create(asked(), 'ada');
      expect(made).toMatchObject({ state: 'requested', requestedBy: 'ada' });
      expect(made.document).toEqual(asked({ reason: 'It moves. \uFFFD' }));
      const again = await other.exemptions.create(asked({ reason: 'other' }), 'bob');
      expect(again).toEqual(made);
      expect(await other.exemptions.find('EX-1')).toEqual(made);
      expect(await other.exemptions.find('EX-2')).toBeUndefined();
    });

    it('keep all that was done to them, in its order', async () => {
      const { exemptions } = store;
      await exemptions.create(asked(), 'ada');
      await exemptions.change('EX-1', approval('grace', 1));
      const { state, history } = await other.exemptions.change('EX-1', revocation('ada', 'gone'));
      expect(state).toBe('revoked');
      expect(history.map(({ what, actor, note }) => [what, actor, note])).toEqual([
        ['requested', 'ada', undefined],
        ['approved', 'grace', undefined],
        ['revoked', 'ada', 'gone'],
      ]);
    });

    it('are approved once by people who come at the same time', async () => {
      await store.exemptions.create(asked(), 'ada');
      await Promise.all(
        [store, other, store, other].map((one) =>
          one.exemptions.change('EX-1', approval('grace', 2)),
        ),
      );
      const { state, history } = await other.exemptions.change('EX-1', approval('Grace ', 2));
      expect([state, history.length]).toEqual(['requested', 2]);
      expect(await store.exemptions.change('EX-1', approval('bob', 2))).toMatchObject({
        state: 'approved',
      });
    });

    it('stay as they are when a move is refused', async () => {
      await store.exemptions.create(asked(), 'ada');
      const before = await store.exemptions.pulse();
      await expect(store.exemptions.change('EX-1', approval('ADA', 1))).rejects.toMatchObject({
        code: 'EXEMPTION_APPROVAL',
      });
      await expect(store.exemptions.change('EX-1', revocation('bob', 'x'))).rejects.toMatchObject({
        code: 'EXEMPTION_STATE',
      });
      await expect(store.exemptions.change('EX-9', approval('bob', 1))).rejects.toMatchObject({
        code: 'EXEMPTION_UNKNOWN',
      });
      expect((await store.exemptions.find('EX-1'))?.history).toHaveLength(1);
      expect((await store.exemptions.pulse()).version).toBe(before.version);
    });

    it('count for others once they are approved and the ledger knows, and no more once they are revoked', async () => {
      const { exemptions } = store;
      const versions = [(await other.exemptions.pulse()).version];
      const changed = async (): Promise<void> => {
        versions.push((await other.exemptions.pulse()).version);
      };
      await exemptions.create(asked(), 'ada');
      await exemptions.change('EX-1', approval('grace', 1));
      await changed();
      expect(await liveStates()).toEqual({ 'EX-1': 'requested' });
      await recordAll();
      await changed();
      expect(await liveStates()).toEqual({ 'EX-1': 'approved' });
      await exemptions.change('EX-1', revocation('grace', 'gone'));
      await changed();
      expect(await liveStates()).toEqual({});
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    });

    it('that were rejected, or ended long ago, are nobody’s concern', async () => {
      await store.exemptions.create(asked(), 'ada');
      await store.exemptions.change('EX-1', rejection('ada', 'not needed'));
      await store.exemptions.create(asked({ id: 'EX-2', until: '2020-01-01T00:00:00Z' }), 'ada');
      expect(await liveStates()).toEqual({});
      const all = await other.exemptions.list(10);
      expect(all.map(({ document }) => document.id).sort()).toEqual(['EX-1', 'EX-2']);
      expect(await other.exemptions.list(1)).toHaveLength(1);
    });

    it('are told of to the ledger in their order, and once they are, no more', async () => {
      await store.exemptions.create(asked(), 'ada');
      await store.exemptions.change('EX-1', approval('grace', 1));
      const told = await other.exemptions.unrecorded(10);
      expect(told.map(({ position, move }) => [position, move.what])).toEqual([
        [0, 'requested'],
        [1, 'approved'],
      ]);
      expect(await other.exemptions.unrecorded(10, 'EX-2')).toEqual([]);
      await recordAll();
      expect(await other.exemptions.unrecorded(10, 'EX-1')).toEqual([]);
    });

    it('end once, by the clock of the database; those of files too', async () => {
      const past = '2020-01-01T00:00:00.000Z';
      await store.exemptions.create(asked({ until: past }), 'ada');
      const early = (): Date => new Date('2019-01-01T00:00:00Z');
      await store.exemptions.change('EX-1', (stored) => approval('bob', 1)(stored, early()));
      await store.exemptions.create(asked({ id: 'EX-2' }), 'ada');
      await store.exemptions.change('EX-2', approval('bob', 1));
      const ofFile = { id: 'F-1', until: past };
      const ends = await other.exemptions.unnoted([ofFile]);
      expect(ends).toEqual([{ id: 'EX-1', until: past }, ofFile]);
      for (const end of [...ends, ...ends]) await store.exemptions.setNoted(end);
      expect(await other.exemptions.unnoted([ofFile])).toEqual([]);
      const later = { id: 'F-1', until: '2021-01-01T00:00:00.000Z' };
      expect(await other.exemptions.unnoted([later])).toEqual([later]);
    });

    it('that stand in files are known since somebody first looked at them', async () => {
      await store.exemptions.setSeen(['F-2', 'F-1', 'F-2']);
      const first = await other.exemptions.seen(['F-1', 'F-2', 'F-3']);
      expect([...first.keys()].sort()).toEqual(['F-1', 'F-2']);
      await other.exemptions.setSeen(['F-1', 'F-3']);
      const now = await store.exemptions.seen(['F-1', 'F-3']);
      expect(now.get('F-1')).toBe(first.get('F-1'));
      expect(Date.parse(now.get('F-3') ?? '')).toBeGreaterThanOrEqual(
        Date.parse(first.get('F-1') ?? ''),
      );
      await store.exemptions.setSeen([]);
      expect(await store.exemptions.seen([])).toEqual(new Map());
    });

    it('have their uses counted by all replicas together', async () => {
      const use = (id: string, uses: number, lastUsed: string) => ({ id, uses, lastUsed });
      await store.exemptions.countUses([use('b', 1, '2026-01-02'), use('a', 2, '2026-01-01')]);
      await other.exemptions.countUses([use('a', 3, '2026-01-03'), use('b', 1, '2026-01-01')]);
      expect([...(await store.exemptions.uses(['a', 'b', 'c'])).values()]).toEqual(
        expect.arrayContaining([use('a', 5, '2026-01-03'), use('b', 2, '2026-01-02')]),
      );
      expect(await store.exemptions.uses([])).toEqual(new Map());
    });
  });
}
