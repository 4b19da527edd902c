import { formatPlace, PortcullisError } from '../kit/errors.ts';
import type { Place } from '../kit/errors.ts';

/** CONFIG_INVALID: something in it is wrong, see `problems`. CONFIG_UNREADABLE: the file cannot be read. */
export type ConfigErrorCode = 'CONFIG_INVALID' | 'CONFIG_UNREADABLE';

/** One thing that is wrong with the configuration, and where it was written. */
export interface Problem {
  /** The file with line and column, or the name of the environment variable as `file`. */
  readonly place: Place;
  readonly message: string;
}

/** A configuration the service refuses to start with. The message lists every problem, one a line. */
export class ConfigError extends PortcullisError<ConfigErrorCode> {
  readonly problems: readonly Problem[];

  constructor(
    code: ConfigErrorCode,
    message: string,
    problems: readonly Problem[] = [],
    cause?: unknown,
  ) {
    super(code, [message, ...problems.map(formatProblem)].join('\n'), { cause });
    this.problems = problems;
  }
}

function formatProblem({ place, message }: Problem): string {
  const where = formatPlace(place);
  return `  ${where === '' ? '' : `${where}: `}${message}`;
}
