import { PortcullisError } from '../kit/errors.ts';

/**
 * - SWEEP_BUSY: something of what is to be swept is being swept already; one at a time.
 * - SWEEP_FENCED: this process lost its lease to another one, which goes on in its place; nothing was written.
 * - SWEEP_UNKNOWN: there is no such sweep, run or inventory.
 * - SWEEP_STATE: what is asked for does not fit what the run has come to.
 * - SWEEP_FIRED: the fire of a schedule led to a run already, here or in another replica.
 * - SWEEP_SCHEDULE: an expression or a time zone that cannot be read.
 */
export type SweepErrorCode =
  | 'SWEEP_BUSY'
  | 'SWEEP_FENCED'
  | 'SWEEP_UNKNOWN'
  | 'SWEEP_STATE'
  | 'SWEEP_FIRED'
  | 'SWEEP_SCHEDULE';

export class SweepError extends PortcullisError<SweepErrorCode> {}
