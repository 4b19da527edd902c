import type { ExemptionDesk } from '../exemption/desk.ts';
import type {
  RepairAsk,
  RepairPlanSummary,
  RepairPlanView,
  RepairRunView,
} from './repair-views.ts';
import type {
  ChangePageView,
  FindingPageView,
  FindingQuery,
  FindingView,
  InventoryView,
  PushView,
  SweepAsk,
  SweepView,
} from './views.ts';

/** Lines of JSON as they came; `partial`: they are not everything there is, so what is missing is not gone. */
export interface PushAsk {
  readonly lines: Uint8Array;
  readonly partial: boolean;
}

/** A run of this process stops before its next write when it is told to; one of a gate goes on without whoever asked for it. */
interface Stoppable {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Everything that can be asked of the fleet, by HTTP, by the command line and by the schedule: plain data in and out, so that
 * a client at the other end of a wire is a Fleet too. None of the doors holds logic of its own.
 *
 * Every promise may be rejected with FleetError, SweepError, RepairError, StoreError or LedgerError.
 */
export interface Fleet {
  readonly inventories: () => Promise<readonly InventoryView[]>;
  /** Takes the place of what was pushed under this name before; all lines or none. */
  readonly push: (name: string, push: PushAsk, actor: string) => Promise<PushView>;

  /** Answers when the sweep is under way; `sweep` tells how far it is. */
  readonly startSweep: (ask: SweepAsk, actor: string) => Promise<SweepView>;
  /** Newest first. @param limit 1 to 500. */
  readonly sweeps: (limit: number) => Promise<readonly SweepView[]>;
  readonly sweep: (id: string) => Promise<SweepView>;
  readonly cancelSweep: (id: string, actor: string) => Promise<SweepView>;
  /** Goes on with a sweep whose process died, where it stopped. */
  readonly resumeSweep: (id: string, actor: string) => Promise<SweepView>;
  /** What a sweep opened, resolved and reopened. @param limit 1 to 1000. */
  readonly changes: (sweep: string, limit: number, after?: string) => Promise<ChangePageView>;

  /** @param limit 1 to 1000. Totals come with the first page. */
  readonly findings: (
    query: FindingQuery,
    limit: number,
    after?: string,
  ) => Promise<FindingPageView>;
  readonly finding: (id: string) => Promise<FindingView>;

  /** Nothing is written to any cloud. */
  readonly planRepair: (ask: RepairAsk, actor: string) => Promise<RepairPlanView>;
  readonly repairPlans: (limit: number) => Promise<readonly RepairPlanSummary[]>;
  readonly repairPlan: (id: string) => Promise<RepairPlanView>;
  readonly approveRepair: (plan: string, actor: string) => Promise<RepairPlanView>;
  /** Answers when the run is over, or after a while with how far it is: `repairRun` tells the rest. */
  readonly applyRepair: (
    plan: string,
    how: { readonly actor: string; readonly dryRun: boolean } & Stoppable,
  ) => Promise<RepairRunView>;
  readonly repairRuns: (limit: number) => Promise<readonly RepairRunView['run'][]>;
  readonly repairRun: (id: string) => Promise<RepairRunView>;
  /** The way back as a plan, to be looked at and applied like any other. */
  readonly planUndo: (run: string, actor: string) => Promise<RepairPlanView>;
  /** As `applyRepair`. */
  readonly resumeRepair: (
    run: string,
    how: { readonly actor: string } & Stoppable,
  ) => Promise<RepairRunView>;

  readonly exemptions: ExemptionDesk;

  readonly close: () => Promise<void>;
}
