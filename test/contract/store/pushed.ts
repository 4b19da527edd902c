import { beforeEach, describe, expect, it } from 'vitest';

import type { InventoryLine } from '../../../src/clouds/json-lines/schema.ts';
import type { Store } from '../../../src/store/index.ts';
import type { StorePlace } from '../store.ts';

const NAME = 'mainframe';

/** Inventories that are pushed: one counts, whole, until the next one does. */
export function pushedContract(place: () => StorePlace): void {
  let store: Store;
  let other: Store;
  let pushes = 0;
  beforeEach(async () => {
    store = await place().open();
    other = await place().open();
  });

  const push = (lines: AsyncIterable<InventoryLine>, on = store, complete = true) =>
    on.pushed.replace({ name: NAME, id: `push-${++pushes}`, complete }, lines);

  const idsOf = async (on = store): Promise<string[] | undefined> => {
    const snapshot = await on.pushed.snapshot(NAME);
    return (await snapshot?.lines(0, 10_000))?.map(({ id }) => id);
  };

  describe('an inventory that is pushed', () => {
    it('is not there before the first push, nor after one that failed', async () => {
      expect(await store.pushed.snapshot(NAME)).toBeUndefined();
      await expect(push(failing(things('a', 600)))).rejects.toThrow('line 601 is bad');
      expect(await store.pushed.snapshot(NAME)).toBeUndefined();
    });

    it('is read in pages, in the order of its lines, as it was pushed', async () => {
      const { count, pushedAt } = await push(things('a', 1203), store, false);
      const snapshot = await other.pushed.snapshot(NAME);
      expect(snapshot).toMatchObject({ count: 1203, pushedAt, complete: false });
      expect(count).toBe(1203);
      const pages = [];
      for (const after of [0, 500, 1000, 1203]) pages.push(await snapshot?.lines(after, 500));
      expect(pages.map((page) => page?.length)).toEqual([500, 500, 203, 0]);
      expect(pages.flat().map((line) => line?.id)).toEqual(
        Array.from({ length: 1203 }, (_, index) => `a-${index}`),
      );
      expect(pages[0]?.[0]).toEqual(line('a', 0));
    });

    it('may be empty: then there is nothing', async () => {
      await push(things('a', 3));
      await push(things('b', 0));
      expect(await store.pushed.snapshot(NAME)).toMatchObject({ count: 0 });
      expect(await idsOf()).toEqual([]);
    });

    it('stands until the next one is there whole', async () => {
      await push(things('a', 2));
      const seen: (string[] | undefined)[] = [];
      const looking = async function* () {
        for await (const one of things('b', 1100)) {
          if (one.id === 'b-1050') seen.push(await idsOf(other));
          yield one;
        }
      };
      await push(looking());
      expect(seen).toEqual([['a-0', 'a-1']]);
      expect((await idsOf(other))?.length).toBe(1100);
    });

    it('stands when the next one fails halfway, of which nothing is left once another came', async () => {
      await push(things('a', 2));
      const lost = pushes + 1;
      await expect(push(failing(things('b', 600)))).rejects.toThrow('line 601 is bad');
      expect(await idsOf()).toEqual(['a-0', 'a-1']);
      await push(things('c', 1));
      expect(await idsOf()).toEqual(['c-0']);
      // A push that takes the name of the lost one meets none of its lines.
      await store.pushed.replace(
        { name: NAME, id: `push-${lost}`, complete: true },
        things('d', 1),
      );
      expect(await idsOf()).toEqual(['d-0']);
    });

    it('is never half of two pushes at the same time: one of them is refused', async () => {
      await push(things('a', 2));
      const interrupted = async function* () {
        for await (const one of things('b', 1100)) {
          if (one.id === 'b-1050') await push(things('c', 3), other);
          yield one;
        }
      };
      await expect(push(interrupted())).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: 'another push to the inventory mainframe came in between',
      });
      expect(await idsOf()).toEqual(['c-0', 'c-1', 'c-2']);
      await push(things('d', 1));
      expect(await idsOf()).toEqual(['d-0']);
    });

    it('tells a reader of the push before that its lines are gone, and gives it none of the new', async () => {
      await push(things('a', 2));
      const before = await other.pushed.snapshot(NAME);
      await push(things('b', 5));
      expect(await before?.lines(0, 10)).toEqual([]);
    });

    it('has nothing to do with one of another name', async () => {
      await push(things('a', 1));
      await store.pushed.replace({ name: 'else', id: 'x', complete: true }, things('z', 2));
      await push(things('b', 1));
      expect((await store.pushed.snapshot('else'))?.count).toBe(2);
      expect(await (await store.pushed.snapshot('else'))?.lines(0, 10)).toHaveLength(2);
    });

    it('keeps what no column can: quotes, NUL in its JSON, and letters beyond the first plane', async () => {
      const odd: InventoryLine = { ...line('a', 0), config: { '"': 'a\u0000b', '🜁': [null, 1.5] } };
      await push(one(odd));
      expect(await (await store.pushed.snapshot(NAME))?.lines(0, 1)).toEqual([odd]);
    });
  });
}

function line(prefix: string, index: number): InventoryLine {
  return {
    id: `${prefix}-${index}`,
    kind: 'mainframe.dataset',
    provider: 'mainframe',
    tags: { owner: 'ada' },
    managedBy: { tool: 'other', name: '' },
    createdBy: { name: 'JSMITH' },
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- lines come as a stream.
async function* things(prefix: string, count: number): AsyncGenerator<InventoryLine> {
  for (let index = 0; index < count; index++) yield line(prefix, index);
}

// eslint-disable-next-line @typescript-eslint/require-await -- as above.
async function* one(value: InventoryLine): AsyncGenerator<InventoryLine> {
  yield value;
}

async function* failing(lines: AsyncIterable<InventoryLine>): AsyncGenerator<InventoryLine> {
  let count = 0;
  for await (const value of lines) {
    count += 1;
    yield value;
  }
  throw new Error(`line ${count + 1} is bad`);
}
