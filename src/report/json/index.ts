import { decided, undecided } from '../report.ts';
import type { Outcome, Report } from '../report.ts';

/** One document: its decision, as the API answers it. Several: a list. What could not be judged stands as an error. */
export const json = {
  id: 'json',
  title: 'The decision, as the API answers it',
  render: (outcome) => `${JSON.stringify(content(outcome), null, 2)}\n`,
} satisfies Report;

function content(outcome: Outcome): unknown {
  const [only, ...more] = outcome.checked;
  if (only !== undefined && more.length === 0)
    return 'decision' in only ? only.decision : errorOf(only);
  return {
    decisions: decided(outcome).map(({ decision }) => decision),
    errors: undecided(outcome).map(errorOf),
  };
}

function errorOf({ name, problem }: ReturnType<typeof undecided>[number]) {
  return { name, error: problem };
}
