import type { Rule } from '../bindings/rule.ts';
import { joinPath } from '../kit/paths.ts';
import type { Decision, ReportedViolation } from '../model/decision.ts';
import type { Verdict } from '../model/verdict.ts';
import type { RecordedInput } from './recorded.ts';

/** Verdicts of a replay: those that stand, and those that hang on what was redacted. */
export interface Sorted {
  readonly told: readonly Verdict[];
  /** They were something else when the decision was made, or not: nobody can say. Never a pass. */
  readonly untold: readonly UntoldVerdict[];
}

export type UntoldVerdict = Verdict & { readonly verdict: 'unknown' };

/** One verdict is of one rule and one resource. */
export function pairOf({ rule, address }: Pick<Verdict, 'rule' | 'address'>): string {
  return `${rule}\n${address}`;
}

/**
 * Tells verdicts that hang on redacted values from all others. A verdict that hangs on something that was unknown anyway is
 * what it was, unless its policy judges path by path: then it could have been a violation by the path that was redacted.
 */
export function sortOut(
  verdicts: readonly Verdict[],
  { redacted }: RecordedInput,
  ruleOf: (id: string) => Rule | undefined,
): Sorted {
  if (redacted.size === 0) return { told: verdicts, untold: [] };
  const told: Verdict[] = [];
  const untold: UntoldVerdict[] = [];
  for (const verdict of verdicts) {
    if (verdict.verdict !== 'unknown') {
      told.push(verdict);
      continue;
    }
    const { hidden, others } = split(verdict, redacted);
    if (hidden.length === 0) told.push(verdict);
    else if (others.length > 0 && ruleOf(verdict.rule)?.policy.perPath === false)
      told.push({ ...verdict, paths: others });
    else untold.push({ ...verdict, paths: hidden });
  }
  return { told, untold };
}

function split(
  { address, paths }: UntoldVerdict,
  redacted: RecordedInput['redacted'],
): { readonly hidden: readonly string[]; readonly others: readonly string[] } {
  const own = redacted.get(address);
  const isHidden = (path: string): boolean =>
    own?.has(path) === true || isElsewhere(path, redacted);
  return { hidden: paths.filter(isHidden), others: paths.filter((path) => !isHidden(path)) };
}

/** A path of a resource that is read beside the judged one, `related["aws_s3_bucket.logs"].config.policy`. */
function isElsewhere(path: string, redacted: RecordedInput['redacted']): boolean {
  if (!path.startsWith('related')) return false;
  for (const [address, paths] of redacted) {
    const from = `${joinPath('related', address)}.`;
    if (path.startsWith(from) && paths.has(path.slice(from.length))) return true;
  }
  return false;
}

/** What somebody bore when the decision was made is borne when it is replayed. */
export function asBorne(verdicts: readonly Verdict[], decision: Decision): readonly Verdict[] {
  if (decision.exempt.length === 0) return verdicts;
  const borne = new Map(decision.exempt.map((entry) => [pairOf(entry), entry]));
  return verdicts.map((verdict): Verdict => {
    const entry = verdict.verdict === 'violation' ? borne.get(pairOf(verdict)) : undefined;
    return verdict.verdict === 'violation' && entry !== undefined
      ? { ...verdict, verdict: 'exempt', ...bearerOf(entry) }
      : verdict;
  });
}

/** Of a record that is older than who bears what, the id is all there is. */
function bearerOf({ exemption = '', exemptedBy }: ReportedViolation) {
  const unnamed = { id: exemption, until: '', owner: '', reason: '' };
  return { exemption, exemptedBy: exemptedBy ?? unnamed };
}

/** `input.context` as it was when the decision was made. */
export function contextOf({
  context,
  point,
  document,
}: Decision): Readonly<Record<string, unknown>> {
  const { source, resources } = document;
  return { ...context, point, document: { source, resources } };
}
