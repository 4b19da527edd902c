import { messageOf, PortcullisError } from '../../kit/errors.ts';
import type { Exported } from './export.ts';

/** After a failure it is tried again this soon, where its turn would be later. */
const AGAIN_MS = 10 * 60_000;

/** What became of one export, for metrics and for whoever looks after the gate. */
export type ExportOutcome =
  | { readonly result: 'done'; readonly records: number; readonly time: Date }
  | { readonly result: 'failed'; readonly message: string }
  /** Its turn came while the one before was still under way. */
  | { readonly result: 'missed'; readonly times: number };

export interface ExportSchedule {
  /** Ends what is under way between two tiles. */
  readonly stop: () => Promise<void>;
}

export interface Exporting {
  readonly everyMs: number;
  readonly run: (signal: AbortSignal) => Promise<Exported>;
  readonly told: (outcome: ExportOutcome) => void;
  /** Of the first failure, and of the first success after it: a place that is away for days is not written down by the minute. */
  readonly record: (trouble: Trouble) => Promise<void>;
  readonly clock: () => Date;
}

export type Trouble =
  | { readonly type: 'ledger.export-failed'; readonly message: string }
  | { readonly type: 'ledger.export-resumed'; readonly since: string; readonly failures: number };

/**
 * Exports at once, which makes up for what was missed while the gate was away, and from then on by the clock. A failed export
 * holds nothing up: it is told, written down, and tried again.
 */
export function startExporting({ everyMs, run, told, record, clock }: Exporting): ExportSchedule {
  const controller = new AbortController();
  let trouble: { since: string; failures: number } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const succeed = async ({ checkpoint }: Exported): Promise<void> => {
    told({ result: 'done', records: checkpoint.size, time: clock() });
    const over = trouble;
    trouble = undefined;
    if (over !== undefined) await record({ type: 'ledger.export-resumed', ...over });
  };
  const fail = async (error: unknown): Promise<void> => {
    const message = explained(error);
    told({ result: 'failed', message });
    const first = trouble === undefined;
    trouble = {
      since: trouble?.since ?? clock().toISOString(),
      failures: (trouble?.failures ?? 0) + 1,
    };
    if (first) await record({ type: 'ledger.export-failed', message });
  };
  const turn = async (): Promise<void> => {
    const begin = performance.now();
    try {
      await succeed(await run(controller.signal));
    } catch (error) {
      // Whoever stops the gate is no trouble.
      if (!controller.signal.aborted) await fail(error);
    }
    if (controller.signal.aborted) return;
    const took = performance.now() - begin;
    const missed = Math.floor(took / everyMs);
    if (missed > 0) told({ result: 'missed', times: missed });
    const due = everyMs - (took % everyMs);
    timer = setTimeout(() => begun(), trouble === undefined ? due : Math.min(due, AGAIN_MS));
    timer.unref();
  };
  let underWay = Promise.resolve();
  const begun = (): void => void (underWay = turn());
  begun();
  return {
    stop: async () => {
      controller.abort();
      clearTimeout(timer);
      await underWay;
    },
  };
}

function explained(error: unknown): string {
  const help = error instanceof PortcullisError ? error.help : undefined;
  return [messageOf(error), help].filter((part) => part !== undefined).join(' ');
}
