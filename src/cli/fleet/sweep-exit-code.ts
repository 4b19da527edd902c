import type { Fleet } from '../../fleet/fleet.ts';
import type { SweepView } from '../../fleet/views.ts';
import { matchesAny } from '../../kit/glob.ts';
import { SEVERITIES } from '../../model/point.ts';
import type { Severity } from '../../model/point.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { allFindings } from './all-findings.ts';

/** 2: it did not come to its end, or not enough could be read; 1: something as bad as `failOn` is open in what it swept. */
export async function sweepExitCode(
  fleet: Pick<Fleet, 'findings'>,
  { state, request }: Pick<SweepView, 'state' | 'request'>,
  failOn: Severity | undefined,
): Promise<ExitCode> {
  if (state === 'failed' || state === 'cancelled' || state === 'interrupted') return 2;
  if (failOn === undefined) return 0;
  const bad = SEVERITIES.slice(SEVERITIES.indexOf(failOn));
  for (const inventory of request.inventories)
    for (const severity of bad)
      if (await hasOpen(fleet, request, { inventory, severity })) return 1;
  return 0;
}

/** True when a finding is open among what the sweep was asked for: what it did not look at says nothing of it. */
async function hasOpen(
  fleet: Pick<Fleet, 'findings'>,
  { accounts, regions, kinds }: SweepView['request'],
  of: { readonly inventory: string; readonly severity: Severity },
): Promise<boolean> {
  const within = (globs: readonly string[] | undefined, value: string): boolean =>
    globs === undefined || matchesAny(globs, value);
  for await (const { account, region, kind } of allFindings(fleet, { state: 'open', ...of }))
    if (within(accounts, account) && within(regions, region) && within(kinds, kind)) return true;
  return false;
}
