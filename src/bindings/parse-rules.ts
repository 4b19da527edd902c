import { LineCounter, isMap, isNode, isSeq, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { core } from 'zod';

import { canonicalJson } from '../kit/canonical-json.ts';
import { sha256 } from '../kit/digest.ts';
import { messageOf } from '../kit/errors.ts';
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
  const content = rules
    .map(({ id, policy, match, exclude, enforce, unknown, parameters }) =>
      canonicalJson({ id, policy: policy.id, match, exclude, enforce, unknown, parameters }),
    )
    .sort();
  return { digest: sha256(content.join('\n')), rules };
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
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const position = (offset: number) => ({
    file,
    line: lines.linePos(offset).line,
    column: lines.linePos(offset).col,
  });
  const syntax = [...yaml.errors, ...yaml.warnings];
  if (syntax.length > 0) {
    throw new RulesError(
      syntax.map((error) => ({
        message: error.message.split('\n')[0] ?? error.code,
        place: position(error.pos[0]),
      })),
    );
  }
  const parsed = RuleFile.safeParse(toPlain(yaml, file));
  if (!parsed.success) {
    throw new RulesError(
      parsed.error.issues.map((issue) => ({
        message: describeIssue(issue),
        place: { ...position(offsetOf(yaml, issue)), path: issue.path.map(String).join('.') },
      })),
    );
  }
  return parsed.data.rules.map((document, index) => ({
    document,
    file,
    line: position(offsetAt(yaml, ['rules', index])).line,
  }));
}

function toPlain(yaml: Document, file: string): unknown {
  try {
    // Rules need no aliases; a bomb of them is refused before it unfolds.
    return yaml.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new RulesError([
      { message: `the aliases do not unfold: ${messageOf(cause)}`, place: { file, line: 1 } },
    ]);
  }
}

function describeIssue(issue: core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown key ${issue.keys.join(', ')}`;
  return issue.message;
}

/** The place of the wrong value; of an unknown key, the key itself. */
function offsetOf(yaml: Document, issue: core.$ZodIssue): number {
  if (issue.code !== 'unrecognized_keys') return offsetAt(yaml, issue.path);
  const parent = yaml.getIn(issue.path, true);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => issue.keys.includes(String(key)))
    : undefined;
  return isNode(pair?.key) ? (pair.key.range?.[0] ?? 0) : offsetAt(yaml, issue.path);
}

/** Where the node at a path begins; of a path that isn't there, where its nearest parent begins. */
function offsetAt(yaml: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true);
    if (isNode(node) && (isMap(node) || isSeq(node) || node.range)) return node.range?.[0] ?? 0;
  }
  return yaml.contents?.range?.[0] ?? 0;
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
