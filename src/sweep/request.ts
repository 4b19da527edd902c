import { compact } from '../kit/compact.ts';
import type { RunRequest } from './run.ts';
import type { SweepSetting } from './schema.ts';

/** A configured sweep -> what one run of it is asked for. */
export function toRequest(
  { name, inventories, accounts, regions, kinds, coverage, concurrency }: SweepSetting,
  known: readonly string[],
  trigger: RunRequest['trigger'],
): RunRequest {
  return {
    name,
    inventories: inventories === 'all' ? [...known] : inventories,
    ...compact({ accounts, regions, kinds }),
    coverage,
    concurrency,
    trigger,
  };
}
