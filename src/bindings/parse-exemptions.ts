import { matchesGlob } from '../kit/glob.ts';
import { parseYaml } from '../kit/yaml.ts';
import { POINTS } from '../model/point.ts';
import { PLAIN } from '../redact/redactor.ts';
import type { RuleProblem } from './errors.ts';
import { RulesError } from './errors.ts';
import { ExemptionFile } from './exemption.ts';
import type { Exemption, ExemptionDocument } from './exemption.ts';
import type { RuleText } from './parse-rules.ts';
import type { Rule } from './rule.ts';

/** An exemption as it is written, and where its fields stand. */
interface Placed {
  readonly document: ExemptionDocument;
  readonly file: string;
  readonly lineOf: (field?: keyof ExemptionDocument) => number;
}

/**
 * Exemption files -> exemptions, bound to the rules that they are for. All or nothing: every problem of every file is
 * reported at once, with file and line. An exemption that names no rule is one of them: a slip of the pen would
 * otherwise exempt nothing, and nobody would know until the gate denies.
 *
 * @throws RulesError
 */
export function parseExemptions(
  files: readonly RuleText[],
  rules: readonly Rule[],
): readonly Exemption[] {
  const problems: RuleProblem[] = [];
  const placed = files.flatMap((file) => parseFile(file, problems));
  problems.push(...duplicates(placed));
  const bound = placed.map((one) => {
    problems.push(...problemsOf(one, rules));
    return bindExemption(one.document, `${one.file}:${one.lineOf()}`, rules);
  });
  if (problems.length > 0) throw new RulesError(problems);
  return bound;
}

function parseFile({ file, text }: RuleText, problems: RuleProblem[]): Placed[] {
  const parsed = parseYaml(ExemptionFile, text, file);
  if (!parsed.ok) {
    problems.push(...parsed.problems);
    return [];
  }
  return parsed.value.exemptions.map((document, index) => ({
    document,
    file,
    lineOf: (field) =>
      parsed.lineOf(['exemptions', index, ...(field === undefined ? [] : [field])]),
  }));
}

/** @param where it is written down, for messages. */
export function bindExemption(
  document: ExemptionDocument,
  where: string,
  rules: readonly Rule[],
): Exemption {
  const { id, match = {}, points = POINTS, owner, ticket, from, until } = document;
  const { approvedBy = [] } = document;
  // It is told with every decision that it bears something of.
  const reason = PLAIN.text(document.reason);
  return {
    ...{ id, match, points, reason, owner, approvedBy, where },
    ...(ticket === undefined ? {} : { ticket }),
    rules: new Set(rulesFor(document, rules).map((rule) => rule.id)),
    from: from === undefined ? undefined : new Date(from),
    until: new Date(until),
  };
}

/** What is wrong with an exemption beside its shape, each with the field that says it. */
export interface ExemptionProblem {
  readonly field: keyof ExemptionDocument | undefined;
  readonly message: string;
}

/** How many different people must approve an exemption of a rule that is protected. */
const PROTECTED_APPROVALS = 2;

/** How many different people it takes to bear violations of these rules. */
export function approvalsFor(rules: Iterable<Rule>): number {
  return [...rules].some((rule) => rule.protected === true) ? PROTECTED_APPROVALS : 1;
}

/** Ada is one person, however she is spelled; a name of nothing that can be seen is nobody. */
export function people(names: readonly string[]): number {
  const seen = names.map((name) => name.normalize('NFKC').replace(UNSEEN, '').toLowerCase());
  return new Set(seen.filter((name) => name !== '')).size;
}

/** What makes two names of one without showing: spaces, joiners, marks of direction, control characters. */
const UNSEEN = /[\s\p{Cf}\p{Cc}\p{Zs}\u{fe00}-\u{fe0f}\u{115f}\u{1160}\u{3164}]/gu;

/** The rules that an exemption is for, as it is written. */
export function rulesFor(document: ExemptionDocument, rules: readonly Rule[]): readonly Rule[] {
  return rules.filter((rule) => isFor(document, rule));
}

/** Rules and policies narrow each other, like the fields of a selector. */
function isFor({ rules, policies }: ExemptionDocument, { id, policy }: Rule): boolean {
  return (
    (rules?.some((glob) => matchesGlob(glob, id)) ?? true) &&
    (policies?.includes(policy.id) ?? true)
  );
}

function problemsOf({ document, file, lineOf }: Placed, rules: readonly Rule[]): RuleProblem[] {
  const wrong = exemptionProblems(document, rules);
  const all = wrong.length > 0 ? wrong : unapproved(document, rules);
  return all.map(({ field, message }) => ({
    message: `exemption ${document.id}: ${message}`,
    place: { file, line: lineOf(field), ...(field === undefined ? {} : { path: field }) },
  }));
}

/** What keeps an exemption from being one, whoever approves it. */
export function exemptionProblems(
  document: ExemptionDocument,
  rules: readonly Rule[],
): ExemptionProblem[] {
  const { from, until, match, points = POINTS } = document;
  const found = [...namesNoRule(document, rules)];
  if (from !== undefined && new Date(until) <= new Date(from))
    found.push({ field: 'until', message: `it ends at ${until}, before it begins at ${from}` });
  // A finding keeps the kind of its resource, not the word of the cloud for it: such an exemption would exempt nothing.
  if (match?.types !== undefined && points.includes('sweep'))
    found.push({
      field: 'match',
      message: 'findings of sweeps have no types: use kinds, or leave sweep out of points',
    });
  return found;
}

/** A file goes through review; but that two people were there is to be seen in it. */
function unapproved(document: ExemptionDocument, rules: readonly Rule[]): ExemptionProblem[] {
  const guarded = rulesFor(document, rules).filter((rule) => rule.protected === true);
  const { approvedBy = [] } = document;
  if (guarded.length === 0 || people(approvedBy) >= PROTECTED_APPROVALS) return [];
  const named = guarded.map(({ id }) => id).join(', ');
  const message = `${named} ${guarded.length === 1 ? 'is' : 'are'} protected: approvedBy names two different people`;
  return [{ field: 'approvedBy', message }];
}

function namesNoRule(document: ExemptionDocument, rules: readonly Rule[]): ExemptionProblem[] {
  const { rules: globs = [], policies = [] } = document;
  if (globs.length + policies.length === 0)
    return [{ field: undefined, message: 'it names neither rules nor policies' }];
  const found: ExemptionProblem[] = [
    ...globs
      .filter((glob) => !rules.some(({ id }) => matchesGlob(glob, id)))
      .map((glob) => ({ field: 'rules' as const, message: `there is no rule ${glob}` })),
    ...policies
      .filter((id) => !rules.some(({ policy }) => policy.id === id))
      .map((id) => ({ field: 'policies' as const, message: `no rule is of the policy ${id}` })),
  ];
  if (found.length > 0 || rules.some((rule) => isFor(document, rule))) return found;
  return [{ field: 'policies', message: 'none of its rules is of one of its policies' }];
}

function duplicates(placed: readonly Placed[]): RuleProblem[] {
  const first = new Map<string, Placed>();
  return placed.flatMap((one) => {
    const { id } = one.document;
    const other = first.get(id);
    if (other === undefined) {
      first.set(id, one);
      return [];
    }
    const message = `exemption ${id} stands already in ${other.file}:${other.lineOf()}`;
    return [{ message, place: { file: one.file, line: one.lineOf() } }];
  });
}
