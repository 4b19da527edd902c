import { PortcullisError } from '../kit/errors.ts';

/**
 * USAGE: the command line makes no sense (exit code 3). INPUT_UNREADABLE: a file or folder cannot be read.
 * OUTPUT_UNWRITABLE: a file that the outcome was to go to cannot be written.
 * SERVER_UNREACHABLE, SERVER_REFUSED: the gate named by --server did not answer, or answered with a problem.
 */
export type CliErrorCode =
  'USAGE' | 'INPUT_UNREADABLE' | 'OUTPUT_UNWRITABLE' | 'SERVER_UNREACHABLE' | 'SERVER_REFUSED';

export class CliError extends PortcullisError<CliErrorCode> {}
