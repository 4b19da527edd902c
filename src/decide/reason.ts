import type { Judgement } from './judgement.ts';

/** One sentence for a person: what decided it, and, of an allow, what was not looked at. */
export function reasonFor(judgement: Omit<Judgement, 'reason'>, resources: number): string {
  if (judgement.decision === 'deny') return `Denied: ${denials(judgement).join(', ')}.`;
  if (resources === 0) return 'Allowed, but nothing was judged: the document has no resources.';
  if (judgement.coverage.judged === 0) {
    return `Allowed, but nothing was judged: no rule looks at ${amount(resources, 'resource')} of these kinds.`;
  }
  return `Allowed: ${remarks(judgement).join(', ')}.`;
}

function denials({ violations, unknown, failed }: Omit<Judgement, 'reason'>): string[] {
  const undecided = unknown.filter(({ enforcement }) => enforcement === 'deny').length;
  return [
    ...some(violations.length, 'violation'),
    ...some(
      undecided,
      'verdict',
      'that hang on values not known yet',
      'that hangs on a value not known yet',
    ),
    ...some(failed.length, 'verdict', 'that could not be had'),
  ];
}

function remarks({ warnings, unknown, coverage }: Omit<Judgement, 'reason'>): string[] {
  return [
    `${amount(coverage.judged, 'resource')} judged`,
    ...some(warnings.length, 'warning'),
    ...some(unknown.length, 'verdict', 'not known yet'),
    ...some(coverage.unjudged.length, 'resource', 'that no rule looks at'),
  ];
}

function some(count: number, noun: string, many = '', one = many): string[] {
  if (count === 0) return [];
  return [`${amount(count, noun)} ${count === 1 ? one : many}`.trimEnd()];
}

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
