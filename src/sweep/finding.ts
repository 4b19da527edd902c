import type { Creator, CreatorUnknown, Manager } from '../clouds/inventory.ts';
import type { ExemptedBy } from '../model/exemption.ts';
import type { Enforcement, Severity } from '../model/point.ts';
import type { FleetTags } from './fleet.ts';
import type { GateWord } from './gate-index.ts';

/** A violation that lives from first seen to resolved. */
export interface Finding {
  /** SHA-256 over rule, address and path: the same violation is the same finding for ever. */
  readonly id: string;
  readonly state: FindingState;
  readonly rule: string;
  readonly policy: string;
  readonly severity: Severity;
  readonly enforcement: Enforcement;
  readonly address: string;
  readonly kind: string;
  readonly path: string;
  readonly message: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly fix: string;
  readonly link: string;
  readonly provider: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly account: string;
  readonly region: string;
  /** As they were when it was last seen: who owns it, who pays. */
  readonly tags: FleetTags;
  readonly createdBy: Creator | undefined;
  readonly creatorUnknown?: CreatorUnknown | undefined;
  readonly createdAt: string | undefined;
  readonly managedBy: Manager | undefined;
  readonly capturedAt: string;
  readonly inventory: string;
  readonly partition: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly resolvedAt: string | undefined;
  readonly resolved: ResolvedBecause | undefined;
  readonly reopenedAt: string | undefined;
  /** How often it came back. */
  readonly reopened: number;
  /** Since when nobody could tell whether it still holds; it stays open meanwhile. */
  readonly unsureSince: string | undefined;
  /** The gate's last word on the resource when the finding opened: what it allowed was changed since. */
  readonly gate: GateWord | undefined;
  readonly exemption?: FindingExemption;
}

export const FINDING_STATES = ['open', 'resolved'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/**
 * - `fixed`: the resource was judged again, and complies.
 * - `gone`: its part of the inventory was read whole, and it was not there any more.
 * - `rule-gone`: the rule is in force no more, or no longer looks at the resource.
 */
export type ResolvedBecause = 'fixed' | 'gone' | 'rule-gone';

/** What a run did to a finding. */
export interface FindingChange {
  readonly finding: string;
  readonly run: string;
  readonly change: 'opened' | 'resolved' | 'reopened';
  readonly because: ResolvedBecause | undefined;
  readonly time: string;
  readonly rule: string;
  readonly address: string;
  readonly path: string;
}

export interface FindingFilter {
  readonly state?: FindingState;
  readonly severity?: Severity;
  /** This and the others up to `inventory` may be globs. */
  readonly rule?: string;
  readonly policy?: string;
  readonly kind?: string;
  readonly account?: string;
  readonly region?: string;
  readonly inventory?: string;
  /** A tag, and its value; without one, that the resource has the tag. */
  readonly tag?: { readonly key: string; readonly value?: string };
  /** A glob. */
  readonly address?: string;
  /** Opened, reopened or resolved at this time or later (RFC 3339). */
  readonly since?: string;
}

/** The worst first; then by id, so that a cursor holds while findings come and go. */
export interface FindingPage {
  readonly findings: readonly Finding[];
  /** Pass as `after` for the next page; absent on the last one. */
  readonly next?: string;
}

export interface FindingTotals {
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly byRule: Readonly<Record<string, number>>;
  readonly byAccount: Readonly<Record<string, number>>;
}

/** What reads findings. */
export interface Findings {
  readonly find: (id: string) => Promise<Finding | undefined>;
  /** @param limit 1 to 1000. */
  readonly list: (filter: FindingFilter, limit: number, after?: string) => Promise<FindingPage>;
  /** At most 1000 rules and accounts are counted by name, the ones with the most findings. */
  readonly totals: (filter: FindingFilter) => Promise<FindingTotals>;
  /** What a run changed, in the order of the findings' ids. */
  readonly changes: (run: string, limit: number, after?: string) => Promise<FindingChangePage>;
}

export interface FindingChangePage {
  readonly changes: readonly FindingChange[];
  readonly next?: string;
}

/** Why a finding is borne for now. Looked up when it is read, never stored with it, so that an end takes effect at once. */
export type FindingExemption = ExemptedBy;

export type Exemptions = (finding: Finding) => FindingExemption | undefined;
