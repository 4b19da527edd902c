import { matchesGlob } from '../kit/glob.ts';
import { parseYaml } from '../kit/yaml.ts';
import { POINTS } from '../model/point.ts';
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
    return bind(one.document, rules);
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

function bind(document: ExemptionDocument, rules: readonly Rule[]): Exemption {
  const { id, match = {}, points = POINTS, reason, from, until } = document;
  return {
    ...{ id, match, points, reason },
    rules: new Set(rules.filter((rule) => isFor(document, rule)).map((rule) => rule.id)),
    from: from === undefined ? undefined : new Date(from),
    until: new Date(until),
  };
}

/** Rules and policies narrow each other, like the fields of a selector. */
function isFor({ rules, policies }: ExemptionDocument, { id, policy }: Rule): boolean {
  return (
    (rules?.some((glob) => matchesGlob(glob, id)) ?? true) &&
    (policies?.includes(policy.id) ?? true)
  );
}

function problemsOf(placed: Placed, rules: readonly Rule[]): RuleProblem[] {
  const { document, file, lineOf } = placed;
  const problem = (field: keyof ExemptionDocument | undefined, message: string): RuleProblem => ({
    message: `exemption ${document.id}: ${message}`,
    place: { file, line: lineOf(field), ...(field === undefined ? {} : { path: field }) },
  });
  const { from, until, match, points = POINTS } = document;
  const found = [...namesNoRule(document, rules, problem)];
  if (from !== undefined && new Date(until) <= new Date(from))
    found.push(problem('until', `it ends at ${until}, before it begins at ${from}`));
  // A finding keeps the kind of its resource, not the word of the cloud for it: such an exemption would exempt nothing.
  if (match?.types !== undefined && points.includes('sweep'))
    found.push(
      problem('match', 'findings of sweeps have no types: use kinds, or leave sweep out of points'),
    );
  return found;
}

function namesNoRule(
  document: ExemptionDocument,
  rules: readonly Rule[],
  problem: (field: keyof ExemptionDocument | undefined, message: string) => RuleProblem,
): RuleProblem[] {
  const { rules: globs = [], policies = [] } = document;
  if (globs.length + policies.length === 0)
    return [problem(undefined, 'it names neither rules nor policies')];
  const found = [
    ...globs
      .filter((glob) => !rules.some(({ id }) => matchesGlob(glob, id)))
      .map((glob) => problem('rules', `there is no rule ${glob}`)),
    ...policies
      .filter((id) => !rules.some(({ policy }) => policy.id === id))
      .map((id) => problem('policies', `no rule is of the policy ${id}`)),
  ];
  if (found.length > 0 || rules.some((rule) => isFor(document, rule))) return found;
  return [problem('policies', 'none of its rules is of one of its policies')];
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
