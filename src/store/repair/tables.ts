/** See src/store/migrations/repair.ts. Times are RFC 3339 in UTC with milliseconds, so that they compare as text. */
export interface RepairTables {
  readonly repair_plan: RepairPlanTable;
  readonly repair_run: RepairRunTable;
  readonly repair_step: RepairStepTable;
}

export interface RepairPlanTable {
  readonly id: string;
  /** What a list shows of the plan, as JSON: a plan may be large. */
  readonly head: string;
  /** The plan as JSON. */
  readonly body: string;
  readonly state: string;
  readonly scope: string;
  readonly requested_by: string;
  readonly created_at: string;
  readonly rules_digest: string;
  readonly approved_by: string | null;
  readonly approved_at: string | null;
}

export interface RepairRunTable {
  readonly id: string;
  readonly plan_id: string;
  readonly purpose: string;
  readonly undoes: string | null;
  readonly dry_run: number;
  readonly actor: string;
  readonly state: string;
  readonly reason: string;
  readonly started_at: string;
  readonly finished_at: string | null;
}

export interface RepairStepTable {
  readonly run_id: string;
  readonly position: number;
  readonly address: string;
  readonly account: string;
  readonly region: string;
  /** The planned change as JSON: before, after, and what it rested on. */
  readonly body: string;
  readonly dry_run: number;
  readonly state: string;
  readonly attempt: number;
  readonly reason: string;
  readonly actor: string;
  readonly intended_at: string;
  readonly finished_at: string | null;
}
