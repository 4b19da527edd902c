import { PortcullisError } from '../kit/errors.ts';
import type { Place } from '../kit/errors.ts';

/** One thing that is wrong with the rules, and where. */
export interface RuleProblem {
  readonly message: string;
  readonly place: Place;
}

/** RULES_INVALID: rule files that cannot be put in force; `problems` lists every one. */
export class RulesError extends PortcullisError<'RULES_INVALID'> {
  readonly problems: readonly RuleProblem[];

  constructor(problems: readonly RuleProblem[]) {
    super('RULES_INVALID', problems.map(describeProblem).join('\n'), {
      help: 'Nothing of the new rules is in force until every one of them is right.',
    });
    this.problems = problems;
  }
}

function describeProblem({ message, place }: RuleProblem): string {
  const where = [place.file, place.line, place.column]
    .filter((part) => part !== undefined)
    .join(':');
  return [where, place.path, message]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
}
