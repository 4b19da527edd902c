import { describe, expect, it, vi } from 'vitest';

import { RulesError } from '../../../src/bindings/errors.ts';
import { exemptionSource } from '../../../src/exemption/source.ts';
import type { StoredExemption, StoredExemptions } from '../../../src/exemption/store.ts';
import { rule } from '../../rules.ts';

const stored = (id: string, given: Partial<StoredExemption> = {}): StoredExemption => ({
  document: {
    ...{ id, rules: ['tagging.owner'], reason: 'r', owner: 'ada' },
    until: '2999-01-01T00:00:00Z',
  },
  state: 'approved',
  requestedBy: 'ada',
  requestedAt: '2026-11-25T08:00:00Z',
  history: [{ what: 'approved', actor: 'grace', at: '2026-11-25T08:00:00Z' }],
  ...given,
});
const fileOf = (id: string): string =>
  `exemptions: [{id: ${id}, rules: [tagging.owner], reason: r, owner: ada, until: 2999-01-01T00:00:00Z}]`;

/** A source over one file and a store, in a world where time passes when it is told to. */
function world(given: { text?: string; guarded?: boolean } = {}) {
  const state = {
    text: given.text ?? 'exemptions: []',
    now: 0,
    version: 1,
    live: [] as StoredExemption[],
    away: false,
    still: false,
    asked: 0,
    ahead: 0,
    warnings: [] as string[],
  };
  const start = Date.parse('2026-11-25T08:00:00Z');
  const clock = (): Date => new Date(start + state.now);
  const source = exemptionSource({
    files: {
      read: () => [{ file: 'exemptions/a.yaml', text: state.text }],
      stamp: () => state.text,
    },
    rules: [rule(given.guarded === true ? { protected: true } : {})],
    clock,
    stopwatch: () => state.now,
    warn: (message) => void state.warnings.push(message),
  });
  const store: StoredExemptions = {
    pulse: () => {
      state.asked += 1;
      if (state.away) return Promise.reject(new Error('gone'));
      if (state.still) return new Promise(() => undefined);
      const now = new Date(clock().getTime() + state.ahead);
      return Promise.resolve({ version: state.version, now });
    },
    live: () => Promise.resolve(state.live),
  };
  const ids = async (): Promise<string[]> =>
    (await source.current()).set.exemptions.map(({ id }) => id);
  return { state, source, store, ids };
}

describe('stored exemptions', () => {
  it('count a second after they were approved, and not a second after they were revoked', async () => {
    const { state, source, store, ids } = world();
    await source.honour(store);
    expect(await ids()).toEqual([]);
    state.live = [stored('EX-1'), stored('EX-2', { state: 'requested' })];
    state.version = 2;
    state.now += 1000;
    expect(await ids()).toEqual(['EX-1']);
    state.live = [];
    state.version = 3;
    state.now += 1000;
    expect(await ids()).toEqual([]);
  });

  it('are asked for a few times a second, however many decisions there are', async () => {
    const { state, source, store, ids } = world();
    await source.honour(store);
    for (let each = 0; each < 100; each++) {
      state.now += 10;
      await ids();
    }
    expect(state.asked).toBeLessThanOrEqual(3);
  });

  it('do not count when nobody can tell whether they were revoked, and the reader is told', async () => {
    const { state, source, store, ids } = world({ text: fileOf('F-1') });
    state.live = [stored('EX-1')];
    await source.honour(store);
    expect(await ids()).toEqual(['F-1', 'EX-1']);
    state.away = true;
    state.now += 900;
    expect(await ids()).toEqual(['F-1', 'EX-1']);
    state.now += 100;
    expect(await ids()).toEqual(['F-1']);
    expect((await source.current()).notes).toMatchObject([{ code: 'exemptions-unread' }]);
    state.away = false;
    state.now += 500;
    expect(await ids()).toEqual(['F-1', 'EX-1']);
  });

  it('of a store that does not answer are waited for once, not by every decision', async () => {
    const { state, source, store, ids } = world({ text: fileOf('F-1') });
    state.live = [stored('EX-1')];
    await source.honour(store);
    state.still = true;
    vi.useFakeTimers();
    try {
      const first = ids();
      await vi.advanceTimersByTimeAsync(1000);
      expect(await first).toEqual(['F-1']);
      state.now += 1000;
      for (let each = 0; each < 10; each++) {
        state.now += 100;
        // No time passes here: whoever waits would wait for ever.
        expect(await ids()).toEqual(['F-1']);
      }
      expect(state.asked).toBe(1);
      // That question is lost, and another one is answered.
      state.still = false;
      state.now += 5000;
      expect(await ids()).toEqual(['F-1', 'EX-1']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are judged by the clock of the database', async () => {
    const { state, source, store } = world();
    state.ahead = 3_600_000;
    await source.honour(store);
    expect((await source.current()).at).toEqual(new Date('2026-11-25T09:00:00Z'));
  });

  it('do not bear a rule that is protected by now with the word of one person', async () => {
    const { state, source, store } = world({ guarded: true });
    const grace = stored('EX-2').history;
    const linus = { what: 'approved' as const, actor: 'linus', at: '2026-11-25T08:00:00Z' };
    state.live = [stored('EX-1'), stored('EX-2', { history: [...grace, linus] })];
    await source.honour(store);
    const { set } = await source.current();
    expect(set.ofRule.get('tagging.owner')?.map(({ id }) => id)).toEqual(['EX-2']);
  });

  it('with the id of one in a file are refused, and both places are named', async () => {
    const { state, source, store } = world({ text: fileOf('EX-1') });
    state.live = [stored('EX-1')];
    await expect(source.honour(store)).rejects.toThrow(RulesError);
    await expect(source.honour(store)).rejects.toThrow(/exemptions\/a\.yaml:1 and in the store/);
  });
});

describe('files', () => {
  it('are read again when they change; a wrong edit leaves the last good ones, and is told of once', async () => {
    const { state, ids } = world({ text: fileOf('F-1') });
    const edit = async (text: string): Promise<string[]> => {
      state.text = text;
      state.now += 1000;
      return await ids();
    };
    expect(await edit(fileOf('F-2'))).toEqual(['F-2']);
    expect(await edit('exemptions: [{}]')).toEqual(['F-2']);
    state.now += 5000;
    expect(await ids()).toEqual(['F-2']);
    expect(state.warnings).toHaveLength(1);
    expect(await edit('exemptions: []')).toEqual([]);
  });
});
