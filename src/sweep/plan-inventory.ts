import { CloudError } from '../clouds/errors.ts';
import type { Gap, Inventory, InventoryPlan, Wanted } from '../clouds/inventory.ts';
import { matchesAny } from '../kit/glob.ts';
import { messageOf } from '../kit/errors.ts';
import { accountOf } from './fleet.ts';
import type { Judge } from './judge.ts';
import type { RunGap, RunRequest } from './run.ts';
import type { PlannedInventory } from './store.ts';

/** What a run asks an inventory for: what some rule looks at, as far as the run was told to look. */
export function wantedBy(request: RunRequest, judge: Judge): Wanted {
  const { accounts, regions, kinds } = request;
  return {
    kind: (kind) => judge.looksAt(kind) && isWanted(request, kind),
    // A run over some kinds does not see the others, whatever is read together.
    ...(kinds === undefined ? { together: judge.compares } : {}),
    ...(accounts === undefined ? {} : { accounts }),
    ...(regions === undefined ? {} : { regions }),
  };
}

/** True for a kind that a run was told to look at. */
export function isWanted({ kinds }: Pick<RunRequest, 'kinds'>, kind: string): boolean {
  return kinds === undefined || matchesAny(kinds, kind);
}

/** True when a run looks at a part of what the configuration names only: then what it did not see may well be there. */
export function isNarrowed({ accounts, regions }: RunRequest): boolean {
  return accounts !== undefined || regions !== undefined;
}

/** The parts of one inventory. One that cannot be planned at all is one gap, and an account of which nothing is known. */
export async function planInventory(
  name: string,
  inventory: Inventory | CloudError,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<PlannedInventory> {
  try {
    if (inventory instanceof CloudError) throw inventory;
    return planned(name, await inventory.plan(wanted, signal));
  } catch (thrown) {
    signal.throwIfAborted();
    const code = thrown instanceof CloudError ? thrown.code : 'CLOUD_PROTOCOL';
    const gap = { scope: {}, code, message: messageOf(thrown), partition: '', account: name };
    return {
      inventory: name,
      accounts: [name],
      partitions: [],
      gaps: [{ ...gap, inventory: name }],
    };
  }
}

function planned(inventory: string, plan: InventoryPlan): PlannedInventory {
  const attribute = attributionTo(plan.accounts);
  const keys = new Map(plan.partitions.map((partition) => [partition.key, partition]));
  const partitions = [...keys.values()].map((partition) => ({
    ...partition,
    account: attribute(partition.scope),
  }));
  const gaps = plan.gaps.map((gap) => toRunGap(gap, inventory, '', attribute(gap.scope)));
  // An account that only a part or a gap knows of must not be missing from the coverage.
  const others = [...partitions, ...gaps].map(({ account }) => account);
  const accounts = [...new Set([...plan.accounts, ...others])].filter((account) => account !== '');
  return { inventory, accounts, partitions, gaps };
}

/** Every cloud has its own word for an account, and a state file has none. */
function attributionTo(
  accounts: readonly string[],
): (scope: Readonly<Record<string, string>>) => string {
  return (scope) => {
    const own = accountOf(scope);
    if (accounts.includes(own)) return own;
    const named = Object.values(scope).find((value) => accounts.includes(value));
    return named ?? (accounts.length === 1 ? (accounts[0] ?? '') : own);
  };
}

export function toRunGap(gap: Gap, inventory: string, partition: string, account: string): RunGap {
  return { ...gap, inventory, partition, account };
}
