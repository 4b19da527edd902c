/** See src/store/migrations/sweep.ts. Times are RFC 3339 in UTC with milliseconds, so that they compare as text. */
export interface SweepTables {
  readonly lease: LeaseTable;
  readonly fire: FireTable;
  readonly schedule_mark: ScheduleMarkTable;
}

interface LeaseTable {
  readonly scope: string;
  readonly token: number;
  readonly owner: string;
  readonly expires_at: string;
}

interface FireTable {
  readonly sweep: string;
  readonly fire_time: string;
  readonly outcome: string;
  readonly run_id: string | null;
  readonly noted_at: string;
}

interface ScheduleMarkTable {
  readonly sweep: string;
  readonly expression: string;
  readonly timezone: string;
  readonly seen_until: string;
}
