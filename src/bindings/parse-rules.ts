import { canonicalJson } from '../kit/canonical-json.ts';
import { sha256 } from '../kit/digest.ts';
import { parseYaml } from '../kit/yaml.ts';
import type { Policy } from '../model/policy.ts';
import { bindRule } from './bind.ts';
import type { RuleProblem } from './errors.ts';
import { RulesError } from './errors.ts';
import { RuleFile } from './rule.ts';
import type { Rule, RuleDocument, RuleSet } from './rule.ts';

/** A file of rules as it was read: its name for messages, and its text. */
export interface RuleText {
  readonly file: string;
  readonly text: string;
}

/** A rule as it is written, with its place. */
interface PlacedRule {
  readonly document: RuleDocument;
  readonly file: string;
  readonly line: number;
}

/**
 * Rule files -> the rules in force. All or nothing: every problem of every file is reported at once, with file, line
 * and column.
 *
 * @throws RulesError
 */
export function parseRules(files: readonly RuleText[], policies: readonly Policy[]): RuleSet {
  const problems: RuleProblem[] = [];
  const placed = files.flatMap((file) => collect(problems, () => parseFile(file)) ?? []);
  problems.push(...duplicates(placed));
  const rules = placed.flatMap(({ document, ...place }) => {
    const rule = collect(problems, () => bindRule(document, policies, place));
    return rule === undefined ? [] : [rule];
  });
  if (problems.length > 0) throw new RulesError(problems);
  return ruleSet(rules);
}

/** Rules with the digest that decisions name: over what they do, not over where or how they are written. */
export function ruleSet(rules: readonly Rule[]): RuleSet {
  const content = rules.map(ruleContent).sort();
  return { digest: sha256(content.join('\n')), rules };
}

/** All that a rule does, as canonical JSON. */
export function ruleContent(rule: Rule): string {
  const { id, match, exclude, enforce, unknown, parameters, repair } = rule;
  const said = { id, match, exclude, enforce, unknown, parameters, repair };
  const { protected: guarded, overridable } = rule;
  return canonicalJson({ ...said, policy: rule.policy.id, protected: guarded, overridable });
}

function collect<T>(problems: RuleProblem[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function parseFile({ file, text }: RuleText): PlacedRule[] {
  const parsed = parseYaml(RuleFile, text, file);
  if (!parsed.ok) throw new RulesError(parsed.problems);
  return parsed.value.rules.map((document, index) => ({
    document,
    file,
    line: parsed.lineOf(['rules', index]),
  }));
}

function duplicates(placed: readonly PlacedRule[]): RuleProblem[] {
  const first = new Map<string, PlacedRule>();
  return placed.flatMap((rule) => {
    const other = first.get(rule.document.id);
    if (other === undefined) {
      first.set(rule.document.id, rule);
      return [];
    }
    const message = `rule ${rule.document.id} stands already in ${other.file}:${other.line}`;
    return [{ message, place: { file: rule.file, line: rule.line } }];
  });
}
