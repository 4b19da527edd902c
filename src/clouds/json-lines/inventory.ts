import { matchesAny } from '../../kit/glob.ts';
import { CloudError } from '../errors.ts';
import { findFiles } from '../files/find.ts';
import { fileError } from '../files/errors.ts';
import { withFile } from '../files/open.ts';
import type { FoundFile } from '../files/find.ts';
import type { Gap, Inventory, InventoryPlan, Page, Partition, Wanted } from '../inventory.ts';
import { nothingSeen, readFilePage } from './files.ts';
import type { PushedInventories, PushedSnapshot } from './pushed.ts';
import { toLiveResource } from './resource.ts';
import type { JsonLinesSettings } from './schema.ts';

const SUFFIXES = ['.jsonl', '.ndjson', '.jsonlines'];
const PAGE_LINES = 500;

/** Lines in files, or the last push: whichever the settings say. */
export function openLines(
  settings: JsonLinesSettings,
  pushed: PushedInventories | undefined,
): Inventory {
  const { name, paths } = settings;
  const source = paths === undefined ? fromPush(name, pushed) : fromFiles(settings, paths);
  return {
    name,
    adapter: 'json-lines',
    plan: async (wanted, signal) => {
      refuseStopped(signal, name);
      return await source.plan(wanted, signal);
    },
    read: async (partition, cursor, signal) => {
      refuseStopped(signal, name);
      return await source.read(partition, cursor, signal);
    },
    close: () => Promise.resolve(),
  };
}

interface Source {
  readonly plan: (wanted: Wanted, signal: AbortSignal) => Promise<InventoryPlan>;
  readonly read: (
    partition: Partition,
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<Page>;
}

function fromFiles(settings: JsonLinesSettings, paths: readonly string[]): Source {
  const { name } = settings;
  let seen = nothingSeen();
  return {
    plan: async ({ accounts }, signal) => {
      seen = nothingSeen();
      const { files, problems } = await findFiles(paths, SUFFIXES, signal);
      const refusals = await Promise.all(files.map(refusal));
      const gaps = [...problems, ...refusals.filter((one) => one !== undefined)].map(
        ({ name: file, ...gap }): Gap => ({ scope: { inventory: name, file }, ...gap }),
      );
      const partitions = files
        .filter((_, index) => refusals[index] === undefined)
        .map((file): Partition => ({
          key: file.name,
          scope: { inventory: name, file: file.name },
        }));
      return keepWanted(accounts, 'file', { gaps, partitions });
    },
    read: async ({ key }, cursor, signal) =>
      await readFilePage({ name: key, named: paths.includes(key) }, cursor, {
        settings,
        seen,
        signal,
      }),
  };
}

/** Opened and closed: what may not be read is known before the sweep begins. */
async function refusal(
  file: FoundFile,
): Promise<({ readonly name: string } & Pick<Gap, 'code' | 'message'>) | undefined> {
  try {
    await withFile(file, () => Promise.resolve());
    return undefined;
  } catch (thrown) {
    const { code, message } = fileError(file.name, thrown);
    return { name: file.name, code, message };
  }
}

function fromPush(name: string, pushed: PushedInventories | undefined): Source {
  return {
    plan: async ({ accounts }) => {
      const scope = { inventory: name };
      const snapshot = await pushed?.snapshot(name);
      if (snapshot === undefined)
        return keepWanted(accounts, 'inventory', {
          gaps: [{ scope, code: 'CLOUD_MISSING', message: neverPushed(name) }],
          partitions: [],
        });
      return keepWanted(accounts, 'inventory', {
        gaps: [],
        partitions: [{ key: name, scope, expected: snapshot.count }],
      });
    },
    read: async (_partition, cursor) => {
      const snapshot = await pushed?.snapshot(name);
      if (snapshot === undefined) throw new CloudError('CLOUD_MISSING', neverPushed(name));
      return await readPushedPage(name, snapshot, cursor);
    },
  };
}

/** A push that comes between two pages is read from its beginning, once: what stood before is not there any more. */
async function readPushedPage(
  name: string,
  snapshot: PushedSnapshot,
  cursor: string | undefined,
): Promise<Page> {
  const { again, after } = placeIn(name, snapshot, cursor);
  const lines = await snapshot.lines(after, PAGE_LINES);
  const resources = lines.map((line) => toLiveResource(name, line, snapshot.pushedAt));
  const reached = after + lines.length;
  if (lines.length === 0 && reached < snapshot.count) throw cutShort(name);
  return reached < snapshot.count
    ? { resources, next: `${reached}:${again ? 1 : 0}:${snapshot.id}` }
    : { resources, gaps: missing(name, snapshot) };
}

/** A gap of the page, and not of the plan: only that makes its part incomplete, so that nothing counts as gone. */
function missing(name: string, { complete }: PushedSnapshot): Gap[] {
  if (complete) return [];
  return [{ scope: { inventory: name }, code: 'CLOUD_PROTOCOL', message: partOnly(name) }];
}

function placeIn(
  name: string,
  snapshot: PushedSnapshot,
  cursor: string | undefined,
): { readonly after: number; readonly again: boolean } {
  if (cursor === undefined) return { after: 0, again: false };
  const [, after, again, id] = /^(\d{1,15}):([01]):(.+)$/.exec(cursor) ?? [];
  if (id === snapshot.id) return { after: Number(after), again: again === '1' };
  if (again !== '1') return { after: 0, again: true };
  throw new CloudError(
    'CLOUD_PROTOCOL',
    `the inventory ${name} is pushed faster than it is read; the next sweep begins anew`,
  );
}

function keepWanted(
  accounts: readonly string[] | undefined,
  key: string,
  { gaps, partitions }: Pick<InventoryPlan, 'gaps' | 'partitions'>,
): InventoryPlan {
  const accountOf = ({ scope }: Pick<Gap, 'scope'>): string => scope[key] ?? '';
  const isWanted = (one: Pick<Gap, 'scope'>): boolean =>
    accounts === undefined || matchesAny(accounts, accountOf(one));
  const names = [...gaps, ...partitions].filter(isWanted).map(accountOf);
  return {
    gaps: gaps.filter(isWanted),
    partitions: partitions.filter(isWanted),
    accounts: [...new Set(names)].sort(),
  };
}

function refuseStopped(signal: AbortSignal, name: string): void {
  if (signal.aborted) throw new CloudError('CLOUD_STOPPED', `${name} is not read any more`);
}

function neverPushed(name: string): string {
  return `nothing was pushed to the inventory ${name} yet: POST /v1/inventories/${name}`;
}

function partOnly(name: string): string {
  return `the last push to the inventory ${name} says that it is not everything there is`;
}

function cutShort(name: string): CloudError {
  return new CloudError('CLOUD_PROTOCOL', `the inventory ${name} has fewer lines than were pushed`);
}
