import { PortcullisError } from '../kit/errors.ts';

/** FLEET_UNKNOWN: there is no such sweep, finding, plan, run or inventory. FLEET_INVALID: what is asked for makes no sense. */
export class FleetError extends PortcullisError<'FLEET_UNKNOWN' | 'FLEET_INVALID'> {}
