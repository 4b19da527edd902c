import type { Rule } from '../bindings/rule.ts';
import type { ReviewedExemption } from '../exemption/review.ts';
import type { ExemptionView } from '../exemption/views.ts';
import type {
  EventFilter,
  EventPage,
  LedgerReader,
  RecordFilter,
  RecordPage,
} from '../ledger/ledger.ts';
import type { Policy } from '../model/policy.ts';
import type { RepairRun, RepairStep } from '../repair/journal.ts';
import type { AccountRead } from '../sweep/coverage.ts';
import type { FindingFilter, FindingPage } from '../sweep/finding.ts';
import type { RunGap } from '../sweep/run.ts';

/** What reports are made of, read in pages: a report never asks for all of anything at once. */
export interface ReportReaders {
  readonly decisions: (filter: RecordFilter) => Promise<RecordPage>;
  readonly decision: LedgerReader['get'];
  readonly events: (filter: EventFilter) => Promise<EventPage>;
  readonly policies: () => readonly Policy[];
  readonly rules: () => readonly Rule[];
  /** Those of files and of the store: the ended ones too, and those that were only asked for, rejected or revoked. */
  readonly exemptions: () => Promise<readonly KnownExemption[]>;
  /** Each with the exemption that bears it now. */
  readonly findings: (filter: FindingFilter, limit: number, after?: string) => Promise<FindingPage>;
  /** The inventories of the configuration. */
  readonly inventories: readonly string[];
  /** Of the last ended sweep of the whole of an inventory; undefined where none ended. */
  readonly lastSweep: (inventory: string) => Promise<SweptInventory | undefined>;
  /** How many resources are known in an account. */
  readonly resources: (account: string) => Promise<number>;
  /** Newest first. @param limit 1 to 500. */
  readonly repairRuns: (limit: number) => Promise<readonly RepairRun[]>;
  readonly repairSteps: (run: string) => Promise<readonly RepairStep[]>;
  readonly clock: () => Date;
}

/** What the last sweep of an inventory came to, of this inventory alone: the sweep may have been of others too. */
export interface SweptInventory {
  readonly endedAt: string;
  readonly accounts: readonly Pick<AccountRead, 'account' | 'state'>[];
  readonly gaps: readonly RunGap[];
}

export interface KnownExemption extends Omit<ReviewedExemption, 'lastUsed' | 'uses' | 'since'> {
  readonly state: ExemptionView['state'];
  /** Why somebody should look at it, in sentences. */
  readonly remarks: readonly string[];
}
