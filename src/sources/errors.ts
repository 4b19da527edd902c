import { PortcullisError } from '../kit/errors.ts';

/**
 * SOURCE_MALFORMED: not the syntax or the shape it claims. SOURCE_UNRECOGNISED: no adapter knows the format.
 * SOURCE_UNSUPPORTED: known, but of a version or an action that is not understood. SOURCE_UNUSABLE: understood, and
 * not fit to be judged (a plan that errored, a log in place of a plan). SOURCE_TOO_LARGE: beyond a limit of the door.
 */
export type SourceErrorCode =
  | 'SOURCE_MALFORMED'
  | 'SOURCE_UNRECOGNISED'
  | 'SOURCE_UNSUPPORTED'
  | 'SOURCE_UNUSABLE'
  | 'SOURCE_TOO_LARGE';

/** A document that cannot be judged. It is the caller's to mend: exit code 2, HTTP 4xx, never an allow. */
export class SourceError extends PortcullisError<SourceErrorCode> {}
