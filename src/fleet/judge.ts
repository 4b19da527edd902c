import { toResources } from '../catalogue/resolve.ts';
import type { Gateway } from '../gateway.ts';
import { matchesAny } from '../kit/glob.ts';
import { comparesKind } from '../sweep/comparing.ts';
import type { Judge } from '../sweep/judge.ts';

/** Milliseconds for the policies of one group of resources: nobody waits at a door for it. */
export const JUDGE_MS = 60_000;

/** The same rules, policies and engine as at the gate. */
export function judgeOf(gateway: Gateway): Judge {
  return {
    rules: () => gateway.rules(),
    looksAt: (kind) =>
      gateway.rules().rules.some(({ policy }) => {
        const exists = policy.actions.includes('present');
        return exists && (matchesAny(policy.kinds, kind) || matchesAny(policy.related, kind));
      }),
    compares: (kind) => comparesKind(gateway.rules().rules, kind),
    judge: async (raw, { now, context, signal }) => {
      signal.throwIfAborted();
      const resources = toResources(raw);
      const request = {
        resources,
        point: 'sweep' as const,
        context,
        now: new Date(now),
        deadlineMs: JUDGE_MS,
        troubleOnly: true,
      };
      return { resources, ...(await gateway.judge(request)) };
    },
  };
}
