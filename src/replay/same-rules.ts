import type { Rule, RuleSet } from '../bindings/rule.ts';
import { compiledSources } from '../engine/policy-set/sources.ts';
import type { PolicyFile } from '../engine/policy-set/read.ts';
import type { PolicySet } from '../engine/policy-set.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Decision } from '../model/decision.ts';

/** A set of policies and rules, with the sources that it was compiled from. */
export interface Sources {
  readonly files: readonly PolicyFile[];
  readonly policySet: Pick<PolicySet, 'digest'>;
  readonly rules: RuleSet;
}

/**
 * Which rules two sets have in common, to the letter: the rule as it is bound, and every source that its policy may be made
 * of. Of a decision that one of the sets made, the verdicts of such a rule stand in the other as they were recorded.
 */
export function sameRules(
  base: Sources,
  candidate: Sources,
): (decision: Decision, rule: string) => boolean {
  const [before, after] = [contents(base), contents(candidate)];
  const common = new Set(
    candidate.rules.rules.flatMap(({ id }) => (before.get(id) === after.get(id) ? [id] : [])),
  );
  return ({ policies, rules }, rule) =>
    policies.digest === base.policySet.digest &&
    rules.digest === base.rules.digest &&
    common.has(rule);
}

/** Rule -> everything that its verdicts follow from, as text. */
function contents({ files, rules }: Sources): Map<string, string> {
  const sources = Object.entries(compiledSources(files));
  const shared = sources.filter(([path]) => !path.startsWith('policies/') || !isRego(path));
  const folders = new Map<string, string>();
  const folderOf = (folder: string): string => {
    const own = sources.filter(([path]) => path.startsWith(`${folder}/`) && isRego(path));
    const near = [...own, ...shared];
    const text = folders.get(folder) ?? canonicalJson(near.some(reachesFurther) ? sources : near);
    folders.set(folder, text);
    return text;
  };
  return new Map(
    rules.rules.map((rule) => [rule.id, `${bound(rule)}\n${folderOf(rule.policy.folder)}`]),
  );
}

/** It may call other policies of the set; then it is the same only where all of them are. */
function reachesFurther([, text]: readonly [string, string]): boolean {
  return /\bdata\s*(?:\.\s*policies\b|\[)/.test(text);
}

function isRego(path: string): boolean {
  return path.endsWith('.rego');
}

function bound({ id, policy, match, exclude, enforce, unknown, parameters }: Rule): string {
  return canonicalJson({ id, policy: policy.id, match, exclude, enforce, unknown, parameters });
}
