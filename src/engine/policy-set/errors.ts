import { formatPlace, PortcullisError } from '../../kit/errors.ts';
import type { Place } from '../../kit/errors.ts';

/**
 * POLICY_UNREADABLE: a folder cannot be read, or holds too much. POLICY_INVALID: metadata or layout are wrong.
 * POLICY_REJECTED: the Rego does not compile. `problems` lists everything that was found.
 */
export type PolicyErrorCode = 'POLICY_UNREADABLE' | 'POLICY_INVALID' | 'POLICY_REJECTED';

/** One thing that is wrong with the policies, and where. */
export interface PolicyProblem {
  readonly message: string;
  readonly place: Place;
}

/** Policies that cannot be put in force. The message lists every problem, one a line. */
export class PolicyError extends PortcullisError<PolicyErrorCode> {
  readonly problems: readonly PolicyProblem[];

  constructor(code: PolicyErrorCode, problems: readonly PolicyProblem[], cause?: unknown) {
    const help = 'Nothing of the new policies is in force until every one of them is right.';
    const [first] = problems;
    super(code, problems.map(formatProblem).join('\n'), {
      help,
      cause,
      ...(first !== undefined && { place: first.place }),
    });
    this.problems = problems;
  }
}

/** `file:line:column: message`, as compilers print it. */
export function formatProblem({ place, message }: PolicyProblem): string {
  const where = formatPlace(place);
  return where === '' ? message : `${where}: ${message}`;
}
