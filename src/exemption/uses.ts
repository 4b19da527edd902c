import { messageOf } from '../kit/errors.ts';
import type { Decision } from '../model/decision.ts';
import type { Findings } from '../sweep/finding.ts';
import type { Recorder } from './record.ts';
import type { ExemptionStore, ExemptionUse } from './store.ts';

/** Counts uses, for housekeeping: what is evidence stands in the records of decisions and sweeps. */
export interface UseCounter {
  readonly decided: (decision: Decision) => void;
  readonly add: (use: ExemptionUse) => void;
  /** Writes down what was counted. It never rejects. */
  readonly flush: () => Promise<void>;
}

export function useCounter(
  store: Pick<ExemptionStore, 'countUses'>,
  warn: (message: string, facts: Readonly<Record<string, unknown>>) => void,
): UseCounter {
  let counted = new Map<string, ExemptionUse>();
  const add = ({ id, uses, lastUsed }: ExemptionUse): void => {
    const before = counted.get(id);
    const last = before !== undefined && before.lastUsed > lastUsed ? before.lastUsed : lastUsed;
    counted.set(id, { id, uses: (before?.uses ?? 0) + uses, lastUsed: last });
  };
  return {
    add,
    decided: ({ id, time, exempt, dryRun }) => {
      if (dryRun) return;
      const ids = new Set(exempt.map(({ exemption = '' }) => exemption));
      ids.delete(`override-${id}`);
      for (const one of ids) add({ id: one, uses: 1, lastUsed: time });
    },
    flush: async () => {
      if (counted.size === 0) return;
      const uses = [...counted.values()];
      counted = new Map();
      try {
        await store.countUses(uses);
      } catch (error) {
        for (const use of uses) add(use);
        warn('uses of exemptions could not be counted', { error: messageOf(error) });
      }
    },
  };
}

const PAGE = 1000;

/** Records which exemptions bore findings of a sweep that ended: a use each. */
export async function recordSweepUses(
  sweep: string,
  parts: {
    readonly findings: Pick<Findings, 'list'>;
    readonly record: Recorder;
    readonly counter: UseCounter;
    readonly clock: () => Date;
  },
): Promise<void> {
  const { findings, record, counter, clock } = parts;
  const borne = new Map<string, number>();
  let after: string | undefined;
  do {
    const page = await findings.list({ state: 'open' }, PAGE, after);
    for (const { exemption } of page.findings)
      if (exemption !== undefined) borne.set(exemption.id, (borne.get(exemption.id) ?? 0) + 1);
    after = page.next;
  } while (after !== undefined);
  for (const [subject, count] of borne) {
    await record({ type: 'exemption.used', subject, body: { sweep, findings: count } });
    counter.add({ id: subject, uses: 1, lastUsed: clock().toISOString() });
  }
  await counter.flush();
}
