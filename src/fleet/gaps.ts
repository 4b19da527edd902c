import { matchesAny } from '../kit/glob.ts';
import type { RepairScope } from '../repair/ports.ts';
import type { RunStatus } from '../sweep/run.ts';
import { statusOf } from '../sweep/status.ts';
import type { StoredRun, SweepStore } from '../sweep/store.ts';

/** The last sweep of an inventory that came to its end, whatever it came to. */
export type RunsOf = (inventory: string) => Promise<RunStatus | undefined>;

/** Most gaps that are told; a plan shows them to a person. */
const MOST = 50;

/**
 * What of a scope the last sweeps could not read, in words. Nothing means that all of it was: only then does a percentage of what
 * was read say anything.
 */
export async function unreadIn(
  runs: RunsOf,
  inventories: ReadonlySet<string>,
  { accounts }: RepairScope,
): Promise<string[]> {
  const gaps: string[] = [];
  for (const inventory of [...inventories].sort()) {
    const run = await runs(inventory);
    if (run === undefined) gaps.push(`${inventory} was never swept to the end`);
    else gaps.push(...unfinished(inventory, run), ...gapsOf(inventory, run, accounts));
  }
  return gaps.slice(0, MOST);
}

/** A sweep that was given up has parts of which it says nothing: that is no gap, and not read either. */
function unfinished(inventory: string, { coverage, reason }: RunStatus): string[] {
  const whole = coverage.accounts.asked > 0 && coverage.partitions.waiting === 0;
  return whole ? [] : [`${inventory}: the last sweep did not come to its end: ${reason}`];
}

function gapsOf(
  inventory: string,
  { coverage }: RunStatus,
  accounts: RepairScope['accounts'],
): string[] {
  return coverage.gaps
    .filter((gap) => gap.inventory === inventory)
    .filter(
      ({ account }) => accounts === undefined || account === '' || matchesAny(accounts, account),
    )
    .map(({ account, type, message }) =>
      [inventory, account, type ?? '', message].filter((part) => part !== '').join(': '),
    );
}

/** Sweeps that are looked through for one that read all of an inventory. */
const LOOKED_AT = 200;

/** The last ended sweep that asked for the whole of an inventory: of a narrower one, what was not asked for was not read either. */
export async function lastWholeRun(
  sweeps: Pick<SweepStore, 'runs' | 'run'>,
  inventory: string,
): Promise<RunStatus | undefined> {
  const run = await lastWholeStoredRun(sweeps, inventory);
  return run && statusOf(run);
}

/** The same with all that is kept of it. */
export async function lastWholeStoredRun(
  sweeps: Pick<SweepStore, 'runs' | 'run'>,
  inventory: string,
): Promise<StoredRun | undefined> {
  const heads = await sweeps.runs({ states: ['completed', 'incomplete', 'failed'] }, LOOKED_AT);
  const head = heads.find(
    ({ request: { inventories, accounts, regions, kinds } }) =>
      inventories.includes(inventory) &&
      accounts === undefined &&
      regions === undefined &&
      kinds === undefined,
  );
  return head && (await sweeps.run(head.id));
}
