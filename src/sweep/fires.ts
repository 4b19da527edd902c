/** What became of the time a schedule was due. */
export type FireOutcome = 'ran' | 'caught-up' | 'missed' | 'skipped-overlap';

/** A fire as it is written down: one line for each, whatever becomes of it. */
export interface FireRecord {
  readonly sweep: string;
  /** RFC 3339 */
  readonly fireTime: string;
  readonly outcome: FireOutcome;
  /** The run that it led to. */
  readonly run: string | undefined;
}

/** Up to where the fires of a schedule are accounted for. */
export interface ScheduleMark {
  readonly sweep: string;
  readonly expression: string;
  readonly timezone: string;
  readonly seenUntil: string;
}

/** What schedules keep. A fire that led to a run is written by the run's first transaction: none is lost, none runs twice. */
export interface Fires {
  readonly mark: (sweep: string) => Promise<ScheduleMark | undefined>;
  /** Goes forward only, unless the schedule is another one. */
  readonly advance: (mark: ScheduleMark) => Promise<void>;
  /** Writes down a fire that led to no run. @returns false when it is written down already. */
  readonly settle: (fire: Omit<FireRecord, 'run'>) => Promise<boolean>;
  readonly find: (sweep: string, fireTime: string) => Promise<FireRecord | undefined>;
  /** The latest first. */
  readonly list: (sweep: string, limit: number) => Promise<readonly FireRecord[]>;
}
