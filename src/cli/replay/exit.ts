import type { Impact } from '../../replay/impact/model.ts';
import type { ExitCode } from '../../report/exit-code.ts';

export const FAIL_ON_IMPACT = ['deny', 'warn', 'unknown', 'none'] as const;
export type FailOnImpact = (typeof FAIL_ON_IMPACT)[number];

/** A replay of nothing is no answer: a pipeline that only looks at the code must not take it for "nobody is hit". */
export function impactExitCode({ decisions }: Impact, failOn: FailOnImpact): ExitCode {
  if (failOn === 'none') return 0;
  if (decisions.replayed === 0) return 2;
  if (decisions.toDeny > 0) return 1;
  if (failOn === 'warn') return decisions.newWarnings > 0 ? 1 : 0;
  if (failOn === 'unknown')
    return decisions.toUnknown > 0 || decisions.replayed < decisions.read ? 1 : 0;
  return 0;
}
