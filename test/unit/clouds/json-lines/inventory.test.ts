import { appendFileSync } from 'node:fs';

import { describe, expect, it, onTestFinished } from 'vitest';

import { acceptedLines } from '../../../../src/clouds/json-lines/accept.ts';
import { jsonLines } from '../../../../src/clouds/json-lines/index.ts';
import type {
  PushedInventories,
  PushedSnapshot,
} from '../../../../src/clouds/json-lines/pushed.ts';
import type { Inventory, Page } from '../../../../src/clouds/inventory.ts';
import { inventoryContract, pagesOf } from '../../../contract/inventory.ts';
import { makeFolder } from '../folders.ts';
import type { Folder } from '../folders.ts';
import { gather, line, text } from './lines.ts';

const EVERYTHING = { kind: () => true };
const { signal } = new AbortController();

/** Keeps pushes in memory. */
interface Memory extends PushedInventories {
  readonly push: (name: string, lines: string, complete?: boolean) => Promise<void>;
}

function memory(): Memory {
  const snapshots = new Map<string, PushedSnapshot>();
  let pushes = 0;
  return {
    snapshot: (name) => Promise.resolve(snapshots.get(name)),
    push: async (name, lines, complete = true) => {
      const all = await gather(acceptedLines([Buffer.from(lines)], { empty: true }));
      pushes += 1;
      snapshots.set(name, {
        id: String(pushes),
        pushedAt: '2026-11-25T07:00:00.000Z',
        count: all.length,
        complete,
        lines: (after, limit) => Promise.resolve(all.slice(after, after + limit)),
      });
    },
  };
}

async function open(
  paths?: readonly string[],
  pushed?: PushedInventories,
  empty?: boolean,
): Promise<Inventory> {
  const adapter = jsonLines(pushed);
  const settings = adapter.settings.parse({
    type: 'json-lines',
    name: 'cellar',
    ...(paths === undefined ? {} : { paths }),
    ...(empty === undefined ? {} : { empty }),
  });
  return await adapter.openInventory(settings);
}

const many = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => line(`i${from + index}`));

inventoryContract('files of JSON lines', () => {
  const folder = makeFolder({
    'a.jsonl': text(line('one'), line('two', { tags: null }), ...many(0, 600)),
    'b.ndjson': text(line('three', { kind: 'vmware.vm', tags: {} })),
  });
  const missing = folder.file('gone.jsonl');
  return Promise.resolve({
    open: () => open([folder.path, missing]),
    dispose: () => {
      folder.remove();
      return Promise.resolve();
    },
    whole: true,
    accounts: [folder.file('a.jsonl'), folder.file('b.ndjson'), missing],
    unreadable: [missing],
    resources: {
      'cellar/one': { owner: 'ana' },
      'cellar/two': 'unknown',
      'cellar/three': {},
      ...Object.fromEntries(
        Array.from({ length: 600 }, (_, index) => [`cellar/i${index}`, { owner: 'ana' }]),
      ),
    },
  });
});

inventoryContract('a pushed inventory', async () => {
  const pushed = memory();
  await pushed.push(
    'cellar',
    text(
      line('one'),
      line('two', { tags: null }),
      line('three', { kind: 'vmware.vm' }),
      ...many(0, 500),
    ),
  );
  return {
    open: () => open(undefined, pushed),
    dispose: () => Promise.resolve(),
    whole: true,
    accounts: ['cellar'],
    unreadable: [],
    resources: {
      'cellar/one': { owner: 'ana' },
      'cellar/two': 'unknown',
      'cellar/three': { owner: 'ana' },
      ...Object.fromEntries(
        Array.from({ length: 500 }, (_, index) => [`cellar/i${index}`, { owner: 'ana' }]),
      ),
    },
  };
});

describe('files of JSON lines', () => {
  const folderOf = (files: Record<string, string>): Folder => {
    const folder = makeFolder(files);
    onTestFinished(() => {
      folder.remove();
    });
    return folder;
  };
  const pages = async (inventory: Inventory): Promise<Page[]> => {
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const read: Page[] = [];
    for (const partition of partitions) read.push(...(await pagesOf(inventory, partition)));
    return read;
  };

  it('judge what is right, and have a gap for each line that is not', async () => {
    const folder = folderOf({ 'a.jsonl': text(line('one'), '{"id":', line('two')) });
    const [page] = await pages(await open([folder.path]));
    expect(page?.resources.map(({ resource }) => resource.address)).toEqual([
      'cellar/one',
      'cellar/two',
    ]);
    expect(page?.gaps?.map(({ message }) => message)).toEqual([
      `${folder.file('a.jsonl')}, line 2: the JSON ends in the middle, at column 7`,
    ]);
  });

  it('have a gap for an id that stands twice, also on another page, in another file, after a restart', async () => {
    const folder = folderOf({
      'a.jsonl': text(...many(0, 600), line('i3')),
      'b.jsonl': text(line('i4')),
    });
    const gaps = (await pages(await open([folder.path]))).flatMap((page) => page.gaps ?? []);
    expect(gaps.map(({ message }) => message)).toEqual([
      `${folder.file('a.jsonl')}, line 601: its id stands in line 4 already`,
      `${folder.file('b.jsonl')}, line 1: its id stands in line 5 of ${folder.file('a.jsonl')} already`,
    ]);
    const before = await open([folder.path]);
    const { partitions } = await before.plan(EVERYTHING, signal);
    const { next } = await before.read(partitions[0]!, undefined, signal);
    const restarted = await open([folder.path]);
    const page = await restarted.read(partitions[0]!, next, signal);
    expect(page.gaps?.map(({ message }) => message).join()).toMatch(/stands in line 4 already/);
  });

  it('that change while they are read are noticed', async () => {
    const folder = folderOf({ 'a.jsonl': text(...many(0, 600)) });
    const inventory = await open([folder.path]);
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const { next } = await inventory.read(partitions[0]!, undefined, signal);
    appendFileSync(folder.file('a.jsonl'), text(line('new')));
    await expect(inventory.read(partitions[0]!, next, signal)).rejects.toMatchObject({
      code: 'CLOUD_PROTOCOL',
    });
  });

  it.each([
    ['nothing', ''],
    ['blank lines', '\n\r\n\n'],
  ])('of %s are taken for an export that failed, unless they may be empty', async (_, content) => {
    const folder = folderOf({ 'a.jsonl': content });
    const read = async (empty: boolean) => {
      const inventory = await open([folder.path], undefined, empty);
      const { partitions } = await inventory.plan(EVERYTHING, signal);
      return await inventory.read(partitions[0]!, undefined, signal);
    };
    expect((await read(false)).gaps).toMatchObject([
      {
        code: 'CLOUD_PROTOCOL',
        message: expect.stringContaining('a.jsonl, line 1: there is no line') as unknown,
      },
    ]);
    expect((await read(true)).gaps ?? []).toEqual([]);
  });
});

describe('a pushed inventory', () => {
  it('that was never pushed is a gap', async () => {
    for (const pushed of [undefined, memory()]) {
      const plan = await (await open(undefined, pushed)).plan(EVERYTHING, signal);
      expect(plan.partitions).toEqual([]);
      expect(plan.gaps).toMatchObject([{ code: 'CLOUD_MISSING', scope: { inventory: 'cellar' } }]);
    }
  });

  it('that says it is not everything is read, and is incomplete', async () => {
    const pushed = memory();
    await pushed.push('cellar', text(...many(0, 600)), false);
    const inventory = await open(undefined, pushed);
    const { gaps, partitions } = await inventory.plan(EVERYTHING, signal);
    const first = await inventory.read(partitions[0]!, undefined, signal);
    const last = await inventory.read(partitions[0]!, first.next, signal);
    const told = [gaps, first.gaps ?? [], last.gaps ?? []].map(({ length }) => length);
    expect(told).toEqual([0, 0, 1]);
  });

  it('that is replaced between two pages is read anew, once', async () => {
    const pushed = memory();
    await pushed.push('cellar', text(...many(0, 600)));
    const inventory = await open(undefined, pushed);
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const first = await inventory.read(partitions[0]!, undefined, signal);
    await pushed.push('cellar', text(...many(1000, 600)));
    const anew = await inventory.read(partitions[0]!, first.next, signal);
    expect(anew.resources[0]?.resource.address).toBe('cellar/i1000');
    await pushed.push('cellar', text(...many(0, 600)));
    await expect(inventory.read(partitions[0]!, anew.next, signal)).rejects.toMatchObject({
      code: 'CLOUD_PROTOCOL',
    });
  });
});
