import type { ExemptionDocument } from '../bindings/exemption.ts';

/** What was decided about an exemption; whether it counts at a moment follows from its times. */
export const EXEMPTION_STATES = ['requested', 'approved', 'rejected', 'revoked'] as const;
export type ExemptionState = (typeof EXEMPTION_STATES)[number];

/** Something that was done to an exemption; never changed, never taken away. */
export interface ExemptionMove {
  readonly what: 'requested' | 'approved' | 'rejected' | 'revoked';
  readonly actor: string;
  /** RFC 3339, by the clock of the database. */
  readonly at: string;
  /** Why it was rejected or revoked. */
  readonly note?: string;
}

/** An exemption as the store keeps it. */
export interface StoredExemption {
  readonly document: ExemptionDocument;
  readonly state: ExemptionState;
  readonly requestedBy: string;
  readonly requestedAt: string;
  /** The oldest first. */
  readonly history: readonly ExemptionMove[];
}

/** What the next move makes of an exemption. */
export interface Moved {
  readonly state: ExemptionState;
  /** `undefined`: nothing is to be done, it is so already. */
  readonly move: Omit<ExemptionMove, 'at'> | undefined;
}

/** A move that the ledger does not hold yet. */
export interface UnrecordedMove {
  readonly id: string;
  readonly position: number;
  readonly move: ExemptionMove;
  readonly document: ExemptionDocument;
}

export interface ExemptionUse {
  readonly id: string;
  readonly uses: number;
  /** RFC 3339 */
  readonly lastUsed: string;
}

/** What the gate judges by. */
export interface StoredExemptions {
  /** Another number after every change, and the time by the clock that all who share the store go by. */
  readonly pulse: () => Promise<{ readonly version: number; readonly now: Date }>;
  /**
   * Those that are asked for or approved, and did not end long ago. One is told as approved only once the ledger holds all
   * that was done to it: what is not recorded does not count.
   */
  readonly live: () => Promise<readonly StoredExemption[]>;
}

/** Exemptions that were asked for through the API or the command line. */
export interface ExemptionStore extends StoredExemptions {
  /** @returns what stands under this id, when something does. */
  readonly create: (document: ExemptionDocument, by: string) => Promise<StoredExemption>;
  /**
   * Moves one, alone: of two who move it at the same time the second sees what the first left.
   *
   * @param move pure; what it throws leaves everything as it is.
   * @throws ExemptionError EXEMPTION_UNKNOWN
   */
  readonly change: (
    id: string,
    move: (stored: StoredExemption, now: Date) => Moved,
  ) => Promise<StoredExemption>;
  readonly find: (id: string) => Promise<StoredExemption | undefined>;
  /** The newest first. @param limit 1 to 1000. */
  readonly list: (limit: number) => Promise<readonly StoredExemption[]>;

  /** The oldest first. */
  readonly unrecorded: (limit: number, id?: string) => Promise<readonly UnrecordedMove[]>;
  readonly setRecorded: (id: string, position: number) => Promise<void>;

  /** Counts uses; an index for housekeeping, the evidence stands in the ledger. */
  readonly countUses: (uses: readonly ExemptionUse[]) => Promise<void>;
  readonly uses: (ids: readonly string[]) => Promise<ReadonlyMap<string, ExemptionUse>>;

  /** Since when exemptions of files are known, by the clock of the database: RFC 3339. */
  readonly seen: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** From now on they are known; those that were before stay so. */
  readonly setSeen: (ids: readonly string[]) => Promise<void>;

  /** Of these ends, those that nobody noted yet. */
  readonly unnoted: (ends: readonly ExemptionEnd[]) => Promise<readonly ExemptionEnd[]>;
  readonly setNoted: (end: ExemptionEnd) => Promise<void>;
}

/** One that is given more time ends twice. */
export interface ExemptionEnd {
  readonly id: string;
  readonly until: string;
}
