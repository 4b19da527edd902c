import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { toResources } from '../../src/catalogue/resolve.ts';
import { CloudError } from '../../src/clouds/errors.ts';
import type {
  Inventory,
  InventoryPlan,
  LiveResource,
  Page,
  Partition,
  Wanted,
} from '../../src/clouds/inventory.ts';
import { DIALECTS } from '../../src/sources/source.ts';
import type { ReadTags } from '../../src/sources/source.ts';

/** What an inventory must offer to be put to the test: an estate that does not change while the test runs. */
export interface InventoryUnderTest {
  /** Another reader of the same estate, as after a restart: it knows nothing of the one before. */
  readonly open: () => Promise<Inventory>;
  readonly dispose: () => Promise<void>;
  /** Every account (project, subscription, cluster, file) that is asked for; at least one of them can be read. */
  readonly accounts: readonly string[];
  /** Those of `accounts` that refuse. */
  readonly unreadable: readonly string[];
  /**
   * Everything there is to be found, with its tags; at least three things, of at least two kinds. 'unknown' for tags that
   * cannot be read; 'any' where the test does not say.
   */
  readonly resources: Readonly<
    Record<string, Readonly<Record<string, string>> | 'unknown' | 'any'>
  >;
  /** True for files: what stands in one is given whole, and the sweep leaves out what is not wanted. */
  readonly whole?: boolean;
  /** Texts that must appear in no gap and no error: keys, tokens, passwords. */
  readonly secrets?: readonly string[];
}

const EVERYTHING: Wanted = { kind: () => true };
/** More pages than any estate of a test has: a reader that goes round in circles must not hang the suite. */
const MOST_PAGES = 1000;

/** The contract of every inventory: src/clouds/inventory.ts. */
export function inventoryContract(name: string, make: () => Promise<InventoryUnderTest>): void {
  describe(`${name} as an inventory`, () => {
    let place: InventoryUnderTest;
    let inventory: Inventory;
    const { signal } = new AbortController();
    beforeEach(async () => {
      place = await make();
      inventory = await place.open();
    });
    afterEach(async () => {
      await inventory.close();
      await place.dispose();
    });

    const plan = async (wanted: Wanted = EVERYTHING): Promise<InventoryPlan> =>
      await inventory.plan(wanted, signal);
    const all = async (wanted: Wanted = EVERYTHING): Promise<LiveResource[]> => {
      const { partitions } = await plan(wanted);
      const found: LiveResource[] = [];
      for (const partition of partitions)
        for (const page of await pagesOf(inventory, partition)) found.push(...page.resources);
      return found;
    };

    it('plans the same parts in every sweep, each with a key of its own', async () => {
      const first = await plan();
      const restarted = await place.open();
      const second = await restarted.plan(EVERYTHING, signal);
      await restarted.close();
      expect(first.partitions.length).toBeGreaterThan(0);
      expect(keys(second)).toEqual(keys(first));
      expect(new Set(keys(first)).size).toBe(first.partitions.length);
      for (const { scope } of first.partitions)
        expect(Object.values(scope).filter((value) => value === '')).toEqual([]);
    });

    it('names every account that was asked for, and has a gap for each that refuses', async () => {
      const { accounts, gaps, partitions } = await plan();
      expect([...accounts].sort()).toEqual([...place.accounts].sort());
      for (const account of place.unreadable) {
        const gap = gaps.find(({ scope }) => Object.values(scope).includes(account));
        expect(gap, `a gap for ${account}`).toBeDefined();
        expect(gap?.code).toMatch(/^CLOUD_/);
        expect(gap?.message).not.toBe('');
        expect(
          partitions.filter(({ scope }) => Object.values(scope).includes(account)),
          `parts of ${account}, which cannot be read`,
        ).toEqual([]);
      }
    });

    it('finds everything there is, once, and nothing else', async () => {
      const addresses = (await all()).map(({ resource }) => resource.address);
      expect([...addresses].sort()).toEqual(Object.keys(place.resources).sort());
    });

    it('tells each thing as one that exists, with its tags or why they are not known', async () => {
      for (const live of await all()) {
        const { resource } = live;
        expect(resource.action).toBe('present');
        expect(DIALECTS).toContain(resource.dialect);
        expect(resource.type).not.toBe('');
        expect(Object.values(resource.scope).filter((value) => value === '')).toEqual([]);
        for (const time of [live.capturedAt, live.createdAt])
          if (time !== undefined)
            expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/);
        expectTags(live, place.resources[resource.address]);
      }
    });

    it('gives the same page, or one that overlaps it, for the same cursor after a restart', async () => {
      const { partitions } = await plan();
      for (const partition of partitions) {
        const pages = await pagesOf(inventory, partition);
        const restarted = await place.open();
        let cursor: string | undefined;
        for (const page of pages) {
          const again = await restarted.read(partition, cursor, signal);
          const before = new Set(addressesOf(page));
          const common = addressesOf(again).filter((address) => before.has(address));
          expect(common.length > 0 || before.size === 0, partition.key).toBe(true);
          cursor = page.next;
        }
        await restarted.close();
      }
    });

    it('reads no more kinds than are wanted, and all that are', async () => {
      if (place.whole !== true) expect(await all({ kind: () => false })).toEqual([]);
      const everything = await all();
      const kinds = new Map<string, string[]>();
      for (const { resource } of everything) {
        const kind = kindOf(resource);
        kinds.set(kind, [...(kinds.get(kind) ?? []), resource.address]);
      }
      for (const [kind, addresses] of kinds) {
        const found = (await all({ kind: (one) => one === kind })).map(
          ({ resource }) => resource.address,
        );
        expect(found.sort(), kind).toEqual(expect.arrayContaining(addresses.sort()));
      }
    });

    it('keeps to the accounts that are wanted', async () => {
      const readable = place.accounts.find((account) => !place.unreadable.includes(account));
      expect(readable).toBeDefined();
      const wanted = { ...EVERYTHING, accounts: [readable ?? ''] };
      expect((await plan(wanted)).accounts).toEqual([readable]);
      expect((await all(wanted)).length).toBeGreaterThan(0);
      const nowhere = { ...EVERYTHING, accounts: ['no-such-account'] };
      expect(await plan(nowhere)).toEqual({ partitions: [], gaps: [], accounts: [] });
    });

    it('stops when nobody wants to know any more', async () => {
      const { partitions } = await plan();
      const [partition] = partitions;
      const gone = AbortSignal.abort();
      await expect(codeOf(inventory.plan(EVERYTHING, gone))).resolves.toBe('CLOUD_STOPPED');
      await expect(codeOf(inventory.read(partition!, undefined, gone))).resolves.toBe(
        'CLOUD_STOPPED',
      );
    });

    it('says in words what it cannot read, without a secret', async () => {
      const { gaps } = await plan();
      const texts = JSON.stringify(gaps);
      for (const secret of place.secrets ?? []) expect(texts).not.toContain(secret);
    });

    it('can be closed more than once', async () => {
      await inventory.close();
      await expect(inventory.close()).resolves.toBeUndefined();
    });
  });
}

/** All pages of a part; fails when it does not end. */
export async function pagesOf(inventory: Inventory, partition: Partition): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await inventory.read(partition, cursor, new AbortController().signal);
    pages.push(page);
    cursor = page.next;
  } while (cursor !== undefined && pages.length < MOST_PAGES);
  expect(cursor, `${partition.key} does not end`).toBeUndefined();
  return pages;
}

function expectTags(
  { resource }: LiveResource,
  expected: InventoryUnderTest['resources'][string] | undefined,
): void {
  if (expected === undefined || expected === 'any') return;
  const tags: ReadTags | undefined = resource.tags;
  if (expected === 'unknown') {
    expect(tags?.state, resource.address).toBe('unknown');
    return;
  }
  // Where the tags stand in the attributes, the catalogue reads them there: the outcome is what counts.
  expect(tags?.state, resource.address).not.toBe('unknown');
  const [judged] = toResources([resource]);
  expect(judged?.tags, resource.address).toEqual(expected);
  expect(
    judged?.unknown.filter((path) => path.startsWith('tags')),
    resource.address,
  ).toEqual([]);
}

function kindOf(resource: LiveResource['resource']): string {
  const [judged] = toResources([resource]);
  expect(judged).toBeDefined();
  return judged?.kind ?? '';
}

function keys({ partitions }: InventoryPlan): string[] {
  return partitions.map(({ key }) => key);
}

function addressesOf(page: Page): string[] {
  return page.resources.map(({ resource }) => resource.address);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'nothing was thrown';
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(CloudError);
    return thrown instanceof CloudError ? thrown.code : '';
  }
}
