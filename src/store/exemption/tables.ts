/** Exemptions that were asked for, what was done to each, and what housekeeping knows of all. */
export interface ExemptionTables {
  readonly exemption: {
    readonly id: string;
    readonly document: string;
    readonly state: string;
    readonly requested_by: string;
    readonly requested_at: string;
    /** In UTC, so that text compares like time. */
    readonly ends_at: string;
  };
  readonly exemption_move: {
    readonly id: string;
    readonly position: number;
    readonly what: string;
    readonly actor: string;
    readonly at: string;
    readonly note: string | null;
    /** 1 once the ledger holds it. */
    readonly recorded: number;
  };
  readonly exemption_use: {
    readonly id: string;
    readonly uses: number;
    readonly last_used: string;
  };
  /** Exemptions in files, and since when there was one to be used. */
  readonly exemption_seen: {
    readonly id: string;
    readonly seen_at: string;
  };
  /** Ends that the ledger was told of; of exemptions in files, too. */
  readonly exemption_end: {
    readonly id: string;
    readonly ends_at: string;
  };
}
