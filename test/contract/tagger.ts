import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CloudError } from '../../src/clouds/errors.ts';
import type { TagChange, TagResult, TagTarget, Tagger } from '../../src/clouds/tagger.ts';

/** What a tagger must offer to be put to the test. */
export interface TaggerUnderTest {
  readonly tagger: Tagger;
  /** At least three things that exist and that can be tagged, each with at least one tag of its own. */
  readonly targets: readonly TagTarget[];
  /** Something of the same sort that is not there. */
  readonly gone: TagTarget;
  /** Looks at the cloud itself, behind the tagger's back. */
  readonly tagsOf: (target: TagTarget) => Promise<Readonly<Record<string, string>>>;
  /** Tags that this cloud does not take. */
  readonly refused: readonly { readonly key: string; readonly value: string }[];
  /** Someone else changes the resource; needed where changes carry a version. */
  readonly changeBehind?: (target: TagTarget) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/**
 * The contract of every tagger: src/clouds/tagger.ts. Keys and values here are such as every cloud takes.
 *
 * @param options `versioned` where a write carries what was read (etags, fingerprints): then `changeBehind` must be given.
 */
export function taggerContract(
  name: string,
  make: () => Promise<TaggerUnderTest>,
  options: { readonly versioned: boolean },
): void {
  describe(`${name} as a tagger`, () => {
    let place: TaggerUnderTest;
    let tagger: Tagger;
    let targets: readonly TagTarget[];
    const { signal } = new AbortController();
    beforeEach(async () => {
      place = await make();
      ({ tagger, targets } = place);
    });
    afterEach(async () => {
      await tagger.close();
      await place.dispose();
    });

    /** As repairs do it: what a write must carry is read first. */
    const changing = async (
      target: TagTarget,
      set: TagChange['set'],
      remove: TagChange['remove'] = [],
    ): Promise<TagChange> => {
      const [reading] = await tagger.read([target], signal);
      const version = reading?.version;
      return { target, set, remove, ...(version === undefined ? {} : { version }) };
    };
    const write = async (...changes: TagChange[]): Promise<readonly TagResult[]> =>
      await tagger.write(changes, signal);

    it('reads tags as they are, in the order that was asked for', async () => {
      const wanted = [...targets].reverse();
      const readings = await tagger.read(wanted, signal);
      expect(readings.map(({ target }) => target)).toEqual(wanted);
      for (const { target, tags } of readings)
        expect(tags).toEqual({ state: 'known', values: await place.tagsOf(target) });
    });

    it('never says of what is not there that it has no tags', async () => {
      const [reading] = await tagger.read([place.gone], signal);
      expect(reading?.target).toEqual(place.gone);
      expect(['missing', 'unknown']).toContain(reading?.tags.state);
    });

    it('sets tags and leaves the others as they are', async () => {
      const target = targets[0]!;
      const before = await place.tagsOf(target);
      const results = await write(
        await changing(target, { owner: 'team-shop', 'cost-center': '4711' }),
      );
      expect(results).toEqual([{ target, outcome: 'done' }]);
      expect(await place.tagsOf(target)).toEqual({
        ...before,
        owner: 'team-shop',
        'cost-center': '4711',
      });
    });

    it('replaces the value of a tag that it sets', async () => {
      const target = targets[0]!;
      await write(await changing(target, { owner: 'one' }));
      await write(await changing(target, { owner: 'two' }));
      expect((await place.tagsOf(target))['owner']).toBe('two');
    });

    it('removes a tag, leaves the others, and does not mind one that is not there', async () => {
      const target = targets[1]!;
      const before = await place.tagsOf(target);
      await write(await changing(target, { owner: 'team-shop' }));
      const results = await write(await changing(target, {}, ['owner', 'never-there']));
      expect(results).toEqual([{ target, outcome: 'done' }]);
      expect(await place.tagsOf(target)).toEqual(before);
    });

    it('sets and removes in one change', async () => {
      const target = targets[1]!;
      const before = await place.tagsOf(target);
      await write(await changing(target, { stale: 'yes' }));
      await write(await changing(target, { fresh: 'yes' }, ['stale']));
      expect(await place.tagsOf(target)).toEqual({ ...before, fresh: 'yes' });
    });

    it('gives one result for each change, in their order, each with its own tags', async () => {
      const changes = await Promise.all(
        targets.map(
          async (target, index) =>
            await changing(target, { owner: `team-${index % 2}`, slot: String(index) }),
        ),
      );
      const results = await write(...changes);
      expect(results).toEqual(targets.map((target) => ({ target, outcome: 'done' })));
      for (const { target, set } of changes) expect(await place.tagsOf(target)).toMatchObject(set);
    });

    it('does the others when one of them is not there', async () => {
      const [first, second] = [targets[0]!, targets[1]!];
      const results = await write(
        await changing(first, { owner: 'team-shop' }),
        { target: place.gone, set: { owner: 'team-shop' }, remove: [] },
        await changing(second, { owner: 'team-shop' }),
      );
      expect(results.map(({ target }) => target)).toEqual([first, place.gone, second]);
      expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'done']);
      const missing = results[1]!;
      if (missing.outcome === 'failed') {
        expect(missing.code).toMatch(/^CLOUD_/);
        expect(missing.reason).not.toBe('');
        expect(missing.message).not.toBe('');
      }
      for (const target of [first, second])
        expect((await place.tagsOf(target))['owner']).toBe('team-shop');
    });

    it('says beforehand which tags cannot be written, and does not write them', async () => {
      expect(tagger.limits.refuses('owner', 'team-shop')).toBeUndefined();
      const target = targets[2]!;
      const before = await place.tagsOf(target);
      for (const { key, value } of place.refused) {
        expect(tagger.limits.refuses(key, value), `${key}=${value}`).toMatch(/\w+ \w+/);
        const [result] = await write(await changing(target, { [key]: value }));
        expect(result).toMatchObject({ target, outcome: 'failed', code: 'CLOUD_INVALID' });
      }
      expect(await place.tagsOf(target)).toEqual(before);
    });

    it('spells a tag as the cloud stores it, and what is stored is spelt as it stands', () => {
      fc.assert(
        fc.property(fc.string(), fc.string(), (key, value) => {
          const once = tagger.limits.spell(key, value);
          expect(tagger.limits.spell(once.key, once.value)).toEqual(once);
        }),
      );
    });

    it('writes nothing when nobody wants it any more', async () => {
      const target = targets[0]!;
      const before = await place.tagsOf(target);
      const change = await changing(target, { owner: 'too-late' });
      const gone = AbortSignal.abort();
      await expect(tagger.read([target], gone)).rejects.toSatisfy(
        (thrown) => thrown instanceof CloudError && thrown.code === 'CLOUD_STOPPED',
      );
      expect(await tagger.write([change], gone)).toMatchObject([
        { target, outcome: 'failed', code: 'CLOUD_STOPPED' },
      ]);
      expect(await place.tagsOf(target)).toEqual(before);
    });

    it('does nothing where there is nothing to do', async () => {
      expect(await tagger.read([], signal)).toEqual([]);
      expect(await write()).toEqual([]);
    });

    if (options.versioned)
      it('does not overwrite what changed since it was read', async () => {
        const target = targets[0]!;
        const change = await changing(target, { owner: 'ours' });
        expect(change.version).toBeDefined();
        await place.changeBehind!(target);
        const between = await place.tagsOf(target);
        expect(await write(change)).toMatchObject([{ target, outcome: 'conflict' }]);
        expect(await place.tagsOf(target)).toEqual(between);
      });
  });
}
