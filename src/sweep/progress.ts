import { regionOf } from './fleet.ts';
import type { Progress } from './run.ts';
import type { StoredPartition, StoredRun } from './store.ts';

type Seen = Pick<StoredRun, 'partitions' | 'startedAt' | 'finishedAt' | 'now'>;

/** How far a run has come, from what the store knows: the same for whoever asks, in whichever process. */
export function progressOf({ partitions, startedAt, finishedAt, now }: Seen): Progress {
  const seconds = Math.max(0, Date.parse(finishedAt ?? now) - Date.parse(startedAt)) / 1000;
  const done = partitions.filter(isDone);
  const resources = partitions.reduce((sum, { counts }) => sum + counts.resources, 0);
  return {
    accounts: shareOf(partitions, ({ inventory, account }) => `${inventory} ${account}`),
    regions: shareOf(partitions, ({ inventory, account, scope }) =>
      [inventory, account, regionOf(scope)].join(' '),
    ),
    partitions: { done: done.length, of: partitions.length },
    resources: { done: resources, expected: expectedOf(partitions) },
    rate: seconds === 0 ? 0 : Math.round((10 * resources) / seconds) / 10,
    secondsLeft: finishedAt === undefined ? secondsLeft(partitions, done.length, seconds) : 0,
  };
}

function isDone({ state }: StoredPartition): boolean {
  return state === 'complete' || state === 'incomplete';
}

/** A group counts as done when every part of it is. */
function shareOf(
  partitions: readonly StoredPartition[],
  keyOf: (partition: StoredPartition) => string,
): { done: number; of: number } {
  const all = new Set(partitions.map(keyOf));
  const open = new Set(partitions.filter((partition) => !isDone(partition)).map(keyOf));
  return { done: all.size - open.size, of: all.size };
}

function expectedOf(partitions: readonly StoredPartition[]): number | undefined {
  let expected = 0;
  for (const partition of partitions) {
    if (isDone(partition)) expected += partition.counts.resources;
    else if (partition.expected === undefined) return undefined;
    else expected += Math.max(partition.expected, partition.counts.resources);
  }
  return expected;
}

/** By resources where their number is known beforehand, by parts otherwise; nothing before the first of them is done. */
function secondsLeft(
  partitions: readonly StoredPartition[],
  done: number,
  seconds: number,
): number | undefined {
  const resources = partitions.reduce((sum, { counts }) => sum + counts.resources, 0);
  const expected = expectedOf(partitions);
  const share =
    expected === undefined || expected === 0 ? done / partitions.length : resources / expected;
  if (!(share > 0) || seconds === 0) return undefined;
  return Math.round((seconds * (1 - share)) / share);
}
