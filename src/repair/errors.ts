import { PortcullisError } from '../kit/errors.ts';

/**
 * - REPAIR_UNKNOWN: there is no such plan, run, or rule that mends.
 * - REPAIR_STATE: it is not in a state for that: applied already, still under way, not under way any more.
 * - REPAIR_APPROVAL: somebody must agree first, or somebody else.
 * - REPAIR_CAPS: it would change more than its rules allow, or of an estate that could not be read whole.
 * - REPAIR_WINDOW: not at this time.
 * - REPAIR_WRITES_OFF: the configuration allows no writes.
 * - REPAIR_STALE: the plan is old, or made by other rules than those in force.
 * - REPAIR_HELD: another process is at it.
 * - REPAIR_STOPPING: this process is ending; ask again when it is back.
 * - REPAIR_UNRECORDED: the ledger did not take it; nothing was written that is not recorded.
 */
export type RepairErrorCode =
  | 'REPAIR_UNKNOWN'
  | 'REPAIR_STATE'
  | 'REPAIR_APPROVAL'
  | 'REPAIR_CAPS'
  | 'REPAIR_WINDOW'
  | 'REPAIR_WRITES_OFF'
  | 'REPAIR_STALE'
  | 'REPAIR_HELD'
  | 'REPAIR_STOPPING'
  | 'REPAIR_UNRECORDED';

export class RepairError extends PortcullisError<RepairErrorCode> {}
