import { matchesAny } from '../../kit/glob.ts';
import type { Limits } from '../../sources/limits.ts';
import { CloudError } from '../errors.ts';
import { findFiles } from '../files/find.ts';
import type { FoundFile } from '../files/find.ts';
import { readWhole, tooLarge, withFile } from '../files/open.ts';
import type { Gap, Inventory, InventoryPlan, Page, Partition, Wanted } from '../inventory.ts';
import { parseState } from './parse.ts';
import type { TerraformStateSettings } from './schema.ts';

const SUFFIXES = ['.tfstate'];
/** Attributes nest a few levels; the members of the largest states in use are counted in hundreds of thousands. */
const SHAPE = { depth: 128, members: 5_000_000 };

/** State files as an inventory: every file is an account and a part of its own. */
export function openStates(settings: TerraformStateSettings): Inventory {
  const limits: Limits = { ...SHAPE, bytes: settings.maxSize, yamlBytes: 0 };
  return {
    name: settings.name,
    adapter: 'terraform-state',
    plan: async (wanted, signal) => await planStates(settings, wanted, signal),
    read: async (partition, _cursor, signal) =>
      await readState(partition, limits, { settings, signal }),
    close: () => Promise.resolve(),
  };
}

async function planStates(
  { paths, maxSize }: TerraformStateSettings,
  { accounts }: Wanted,
  signal: AbortSignal,
): Promise<InventoryPlan> {
  const isWanted = ({ name }: { readonly name: string }): boolean =>
    accounts === undefined || matchesAny(accounts, name);
  if (signal.aborted) throw new CloudError('CLOUD_STOPPED', 'the search for states was given up');
  const { files, problems } = await findFiles(paths, SUFFIXES, signal);
  const gaps: Gap[] = problems
    .filter(isWanted)
    .map(({ name, code, message }) => ({ scope: { state: name }, code, message }));
  const partitions: Partition[] = [];
  for (const file of files.filter(isWanted)) {
    const gap = await refused(file, maxSize);
    if (gap === undefined) partitions.push({ key: file.name, scope: { state: file.name } });
    else gaps.push(gap);
  }
  const names = [...gaps, ...partitions].map(({ scope }) => scope['state'] ?? '');
  return { partitions, gaps, accounts: [...new Set(names)].sort() };
}

/** Opened and closed: what may not be read is known before the sweep begins. */
async function refused(file: FoundFile, most: number): Promise<Gap | undefined> {
  const scope = { state: file.name };
  try {
    const size = await withFile(file, (_handle, stats) => Promise.resolve(stats.size));
    if (size <= most) return undefined;
    return { scope, ...tooLarge(file.name, size, most) };
  } catch (thrown) {
    if (!(thrown instanceof CloudError)) throw thrown;
    return { scope, code: thrown.code, message: thrown.message };
  }
}

interface Reading {
  readonly settings: TerraformStateSettings;
  readonly signal: AbortSignal;
}

/** A state is one page: what its resources say of each other (a bucket and its access block) is judged together. */
async function readState(
  { key }: Partition,
  limits: Limits,
  { settings, signal }: Reading,
): Promise<Page> {
  const file = { name: key, named: settings.paths.includes(key) };
  const { bytes, writtenAt } = await readWhole(file, settings.maxSize, signal);
  const resources = parseState(bytes, key, limits);
  return {
    resources: resources.map((resource) => ({
      resource,
      capturedAt: writtenAt,
      managedBy: { tool: 'terraform', name: key },
    })),
  };
}
