import type { AccountRead } from '../../sweep/coverage.ts';
import type { RunGap } from '../../sweep/run.ts';
import type { ReportReaders } from '../readers.ts';

/** Gaps that a report lists. */
const MOST_GAPS = 10_000;

type AccountState = AccountRead['state'];

/** What of the fleet the findings speak of: the last ended sweep of each inventory. */
export interface Coverage {
  /** Each account once, however many inventories read it; it was read when all of them read it whole. */
  readonly accounts: ReadonlyMap<string, AccountState>;
  readonly read: number;
  readonly gaps: readonly RunGap[];
  /** Inventories that no sweep read to its end. */
  readonly never: readonly string[];
  /** When each inventory was last swept. */
  readonly swept: readonly string[];
  /** True when every inventory was swept and every account read: only then "none found" means something. */
  readonly whole: boolean;
}

/** @param account only this account, with what could not even be planned. */
export async function coverageOf(
  { inventories, lastSweep }: Pick<ReportReaders, 'inventories' | 'lastSweep'>,
  account: string | undefined,
): Promise<Coverage> {
  const accounts = new Map<string, AccountState>();
  const gaps: RunGap[] = [];
  const [never, swept]: [string[], string[]] = [[], []];
  for (const inventory of inventories) {
    const sweep = await lastSweep(inventory);
    if (sweep === undefined) {
      never.push(inventory);
      continue;
    }
    swept.push(`${inventory}: ${sweep.endedAt}`);
    for (const one of sweep.accounts)
      if (account === undefined || one.account === account)
        accounts.set(one.account, together(accounts.get(one.account), one.state));
    gaps.push(...sweep.gaps.filter((gap) => account === undefined || isOf(gap, account)));
  }
  const read = [...accounts.values()].filter((state) => state === 'read').length;
  const whole = never.length + gaps.length === 0 && read > 0 && read === accounts.size;
  return { accounts, read, gaps: gaps.slice(0, MOST_GAPS), never, swept, whole };
}

function together(one: AccountState | undefined, other: AccountState): AccountState {
  return one === undefined || one === other ? other : 'partial';
}

/** A gap without an account may be of any. */
function isOf(gap: RunGap, account: string): boolean {
  return gap.account === account || gap.account === '';
}
