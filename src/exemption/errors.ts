import { PortcullisError } from '../kit/errors.ts';

/**
 * - EXEMPTION_UNKNOWN: there is none with this id.
 * - EXEMPTION_EXISTS: its id is taken, by a file or by another request.
 * - EXEMPTION_INVALID: what is asked for would exempt nothing, or makes no sense.
 * - EXEMPTION_STATE: it is not in a state for that.
 * - EXEMPTION_APPROVAL: whoever asks may not say yes to it.
 */
export type ExemptionErrorCode =
  | 'EXEMPTION_UNKNOWN'
  | 'EXEMPTION_EXISTS'
  | 'EXEMPTION_INVALID'
  | 'EXEMPTION_STATE'
  | 'EXEMPTION_APPROVAL';

export class ExemptionError extends PortcullisError<ExemptionErrorCode> {}
