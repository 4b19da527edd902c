import type { Verdict, Violation } from '../../../model/verdict.ts';
import type { ExpectedViolation, Section } from './schema.ts';
import { assertNever } from '../../../kit/assert-never.ts';

/** What is wrong with the verdicts of an example, or undefined. */
export function judgeExample(
  section: Section,
  verdicts: readonly Verdict[],
  expected: readonly ExpectedViolation[],
): string | undefined {
  const failed = verdicts.find((verdict) => verdict.verdict === 'failed');
  if (failed?.verdict === 'failed')
    return `the policy failed: ${failed.failure.reason} (${failed.failure.code})`;
  switch (section) {
    case 'good':
      return judgeGood(verdicts);
    case 'bad':
      return judgeBad(verdicts, expected);
    case 'unknown':
      return judgeUnknown(verdicts);
    case 'not-applicable':
      return judgeNotApplicable(verdicts);
    default:
      return assertNever(section, 'section');
  }
}

function judgeGood(verdicts: readonly Verdict[]): string | undefined {
  const found = violationsOf(verdicts).map((violation) => `says: ${say(violation)}`);
  if (found.length > 0) return found.join('; ');
  const unknown = verdicts.flatMap((verdict) =>
    verdict.verdict === 'unknown' ? verdict.paths : [],
  );
  if (unknown.length > 0) return `hangs on what is unknown: ${unknown.join(', ')}`;
  // An example that the policy never looks at would pass for ever and prove nothing.
  if (verdicts.some(({ verdict }) => verdict === 'compliant')) return undefined;
  return 'the policy looks at none of the resources';
}

function judgeBad(
  verdicts: readonly Verdict[],
  expected: readonly ExpectedViolation[],
): string | undefined {
  const found = [...violationsOf(verdicts)];
  const problems: string[] = [];
  for (const wanted of expected) {
    const at = found.findIndex((violation) => fits(violation, wanted));
    if (at === -1) problems.push(`does not say: ${say(wanted)}`);
    else found.splice(at, 1);
  }
  problems.push(...found.map((violation) => `says besides: ${say(violation)}`));
  return problems.length === 0 ? undefined : problems.join('; ');
}

function judgeUnknown(verdicts: readonly Verdict[]): string | undefined {
  const found = violationsOf(verdicts).map((violation) => `says: ${say(violation)}`);
  if (found.length > 0) return found.join('; ');
  if (verdicts.some(({ verdict }) => verdict === 'unknown')) return undefined;
  return `is not unknown, but ${names(verdicts)}`;
}

function judgeNotApplicable(verdicts: readonly Verdict[]): string | undefined {
  const others = verdicts.filter(({ verdict }) => verdict !== 'not-applicable');
  return others.length === 0 ? undefined : `applies: ${names(others)}`;
}

function violationsOf(verdicts: readonly Verdict[]): readonly Violation[] {
  return verdicts.flatMap((verdict) => (verdict.verdict === 'violation' ? verdict.violations : []));
}

function fits(violation: Violation, { address, path, message }: ExpectedViolation): boolean {
  if (violation.address !== address || violation.path !== path) return false;
  return message === undefined || violation.message.includes(message);
}

function say({ address, path, message }: ExpectedViolation): string {
  return [`${address} ${path}`.trimEnd(), message].filter((part) => part !== undefined).join(': ');
}

function names(verdicts: readonly Verdict[]): string {
  const found = [...new Set(verdicts.map(({ verdict }) => verdict))];
  return found.length === 0 ? 'looked at by nothing' : found.join(', ');
}
