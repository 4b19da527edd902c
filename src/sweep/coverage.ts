import type { CloudErrorCode } from '../clouds/errors.ts';
import type { Coverage, Ended, RunGap } from './run.ts';
import type { StoredPartition, StoredRun } from './store.ts';

type Read = Pick<StoredRun, 'planned' | 'partitions' | 'gaps'>;

/** One account of one inventory, and what became of it. */
export interface AccountRead {
  readonly inventory: string;
  readonly account: string;
  /** From 0 to 1. */
  readonly share: number;
  readonly state: 'read' | 'partial' | 'unknown';
  readonly codes: readonly CloudErrorCode[];
}

/** What a run saw of what it was asked for. */
export function coverageOf(run: Read): Coverage {
  const accounts = accountsOf(run);
  const count = (state: AccountRead['state']): number =>
    accounts.filter((account) => account.state === state).length;
  const parts = (...states: readonly StoredPartition['state'][]): number =>
    run.partitions.filter(({ state }) => states.includes(state)).length;
  const read = sum(run.partitions, ({ counts }) => counts.resources);
  const judged = sum(run.partitions, ({ counts }) => counts.judged);
  return {
    accounts: {
      asked: accounts.length,
      read: count('read'),
      partial: count('partial'),
      unknown: count('unknown'),
    },
    partitions: {
      asked: run.partitions.length,
      complete: parts('complete'),
      incomplete: parts('incomplete'),
      waiting: parts('waiting', 'reading'),
    },
    resources: { read, judged, unjudged: read - judged },
    percent: percentOf(accounts),
    gaps: run.gaps,
  };
}

/** Nothing asked for is nothing seen: an empty plan is no full coverage. */
function percentOf(accounts: readonly AccountRead[]): number {
  if (accounts.length === 0) return 0;
  return Math.floor((1000 * sum(accounts, ({ share }) => share)) / accounts.length) / 10;
}

function sum<T>(list: readonly T[], value: (element: T) => number): number {
  return list.reduce((total, element) => total + value(element), 0);
}

/** Every account that a run was asked to read, once for each inventory that has it. */
export function accountsOf({ planned, partitions, gaps }: Read): AccountRead[] {
  const parts = group(partitions);
  const holes = group(gaps);
  return Object.entries(planned).flatMap(([inventory, accounts]) =>
    accounts.map((account) => {
      const key = keyOf({ inventory, account });
      const became = accountRead(parts.get(key) ?? [], holes.get(key) ?? []);
      return { inventory, account, ...became };
    }),
  );
}

/** An account in which there is nothing to read, and no gap, was read: it is empty. */
function accountRead(
  partitions: readonly StoredPartition[],
  gaps: readonly RunGap[],
): Omit<AccountRead, 'inventory' | 'account'> {
  const codes = gaps.map(({ code }) => code);
  const beforehand = gaps.filter(({ partition }) => partition === '').length;
  const complete = partitions.filter(({ state }) => state === 'complete').length;
  const all = partitions.length + beforehand;
  const share = all === 0 ? 1 : complete / all;
  if (share === 1) return { share, state: 'read', codes };
  const something = partitions.some(({ state, pages }) => state === 'complete' || pages > 0);
  return { share, state: something ? 'partial' : 'unknown', codes };
}

function group<T extends { readonly inventory: string; readonly account: string }>(
  list: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const element of list) {
    const key = keyOf(element);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [element]);
    else members.push(element);
  }
  return groups;
}

function keyOf({ inventory, account }: { inventory: string; account: string }): string {
  return JSON.stringify([inventory, account]);
}

/** How people who know the clouds call it. */
const WORDS: Readonly<Record<CloudErrorCode, string>> = {
  CLOUD_DENIED: 'AccessDenied',
  CLOUD_CREDENTIALS: 'no valid credentials',
  CLOUD_THROTTLED: 'throttled',
  CLOUD_PARKED: 'asked to come back later',
  CLOUD_UNAVAILABLE: 'not available',
  CLOUD_PROTOCOL: 'answers that cannot be trusted',
  CLOUD_MISSING: 'not there',
  CLOUD_INVALID: 'request refused',
  CLOUD_SETTINGS: 'settings',
  CLOUD_STOPPED: 'stopped',
};

const NOBODY = 'No account of those that were asked for is there';

/** "12 of 14 accounts, 2 unknown (AccessDenied)" */
export function coverageSentence(run: Read): string {
  const accounts = accountsOf(run);
  if (accounts.length === 0) return NOBODY;
  const told = (state: AccountRead['state'], words: string): string[] => {
    const these = accounts.filter((account) => account.state === state);
    if (these.length === 0) return [];
    const why = [...new Set(these.flatMap(({ codes }) => codes.map((code) => WORDS[code])))];
    return [`${these.length} ${words}${why.length === 0 ? '' : ` (${why.sort().join(', ')})`}`];
  };
  const read = accounts.filter(({ state }) => state === 'read').length;
  const noun = accounts.length === 1 ? 'account' : 'accounts';
  return [
    `${read} of ${accounts.length} ${noun}`,
    ...told('partial', 'read in part'),
    ...told('unknown', 'unknown'),
  ].join(', ');
}

/** What a run that read all it could came to. */
export function outcomeOf(
  run: Read,
  threshold: number,
): { readonly state: Exclude<Ended, 'cancelled'>; readonly reason: string } {
  const { accounts, percent, gaps, partitions } = coverageOf(run);
  const sentence = coverageSentence(run);
  // Whatever share is asked for: of nobody there is none.
  if (accounts.asked === 0) return { state: 'failed', reason: `${sentence}: nothing was read.` };
  if (percent < threshold) {
    const short = `${percent} percent was read, ${threshold} are required`;
    return { state: 'failed', reason: `${sentence}: ${short}.` };
  }
  const failed = sum(run.partitions, ({ counts }) => counts.failed);
  if (failed > 0) {
    const verdicts = `${failed} ${failed === 1 ? 'verdict' : 'verdicts'} could not be had`;
    return { state: 'incomplete', reason: `${sentence}; ${verdicts}.` };
  }
  const whole = gaps.length === 0 && partitions.incomplete + partitions.waiting === 0;
  return { state: whole ? 'completed' : 'incomplete', reason: `${sentence}.` };
}
