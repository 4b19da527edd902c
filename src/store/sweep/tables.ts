/** See src/store/migrations/sweep.ts. Times are RFC 3339 in UTC with milliseconds, so that they compare as text. */
export interface SweepTables {
  readonly lease: LeaseTable;
  readonly fire: FireTable;
  readonly schedule_mark: ScheduleMarkTable;
  readonly counter: CounterTable;
  readonly sweep_run: RunTable;
  readonly sweep_partition: PartitionTable;
  readonly sweep_gap: GapTable;
  readonly live_resource: LiveResourceTable;
  readonly live_parent: LiveParentTable;
  readonly finding: FindingTable;
  readonly finding_change: FindingChangeTable;
  readonly gate_resource: GateResourceTable;
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

export interface CounterTable {
  readonly name: string;
  readonly value: number;
}

export interface RunTable {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly request: string;
  readonly state: string;
  readonly cancelling: number;
  readonly attempts: number;
  readonly started_at: string;
  readonly updated_at: string;
  readonly finished_at: string | null;
  readonly planned: string;
  readonly judged_by: string | null;
  readonly notes: string;
  readonly reason: string;
}

export interface PartitionTable {
  readonly run_id: string;
  readonly inventory: string;
  readonly key: string;
  readonly ordinal: number;
  readonly account: string;
  readonly scope: string;
  readonly type: string | null;
  readonly together: string | null;
  readonly expected: number | null;
  readonly state: string;
  readonly cursor: string | null;
  readonly pages: number;
  readonly resources: number;
  readonly judged: number;
  readonly violations: number;
  readonly unknown: number;
  readonly failed: number;
}

export interface GapTable {
  readonly run_id: string;
  readonly id: string;
  readonly inventory: string;
  readonly partition: string;
  readonly account: string;
  readonly scope: string;
  readonly type: string | null;
  readonly code: string;
  readonly message: string;
}

export interface LiveResourceTable {
  readonly address: string;
  readonly kind: string;
  readonly type: string;
  readonly provider: string;
  readonly scope: string;
  readonly account: string;
  readonly region: string;
  readonly tags: string;
  readonly taggable: number;
  readonly managed_by: string | null;
  readonly created_by: string | null;
  readonly created_at: string | null;
  readonly captured_at: string;
  readonly inventory: string;
  readonly partition: string;
  readonly run_number: number;
}

export interface LiveParentTable {
  readonly address: string;
  readonly ordinal: number;
  readonly parent: string;
}

export interface FindingTable {
  readonly id: string;
  readonly state: string;
  readonly rank: number;
  readonly rule: string;
  readonly policy: string;
  readonly severity: string;
  readonly enforcement: string;
  readonly address: string;
  readonly kind: string;
  readonly path: string;
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly fix: string;
  readonly link: string;
  readonly provider: string;
  readonly scope: string;
  readonly account: string;
  readonly region: string;
  readonly tags: string;
  readonly created_by: string | null;
  readonly created_at: string | null;
  readonly managed_by: string | null;
  readonly captured_at: string;
  readonly inventory: string;
  readonly partition: string;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly changed_at: string;
  readonly resolved_at: string | null;
  readonly resolved: string | null;
  readonly reopened_at: string | null;
  readonly reopened: number;
  readonly unsure_since: string | null;
  readonly gate: string | null;
}

export interface FindingChangeTable {
  readonly run_id: string;
  readonly finding_id: string;
  readonly change: string;
  readonly because: string | null;
  readonly time: string;
}

export interface GateResourceTable {
  readonly identity: string;
  readonly decision: string;
  readonly time: string;
  readonly verdict: string;
  readonly address: string;
}
