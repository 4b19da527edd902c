import type { RuleSet } from '../bindings/rule.ts';
import { decide } from '../decide/decide.ts';
import type { Judgement } from '../decide/judgement.ts';
import type { Engine } from '../engine/engine.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Decision } from '../model/decision.ts';
import type { RecordedInput } from './recorded.ts';
import { asBorne, contextOf, pairOf, sortOut } from './verdicts.ts';
import type { UntoldVerdict } from './verdicts.ts';

/** What a stored decision says of a rule and a resource, and what its replay says. */
export interface Difference {
  readonly rule: string;
  readonly address: string;
  readonly recorded: string;
  readonly replayed: string;
}

export interface Comparison {
  readonly decision: { readonly recorded: string; readonly replayed: string };
  readonly differences: readonly Difference[];
  /** Verdicts that hang on values which were redacted, so that nobody can replay them. */
  readonly untold: readonly UntoldVerdict[];
}

export interface ReplayParts {
  readonly engine: Engine;
  readonly rules: RuleSet;
  readonly deadlineMs: number;
}

/** Makes a decision again from what was kept of it, by the same rules, and compares. */
export async function replayDecision(
  decision: Decision,
  input: RecordedInput,
  { engine, rules, deadlineMs }: ReplayParts,
): Promise<Comparison> {
  const { resources } = input;
  const { point, time } = decision;
  const verdicts = await evaluate(
    { resources, rules, point, context: contextOf(decision), now: time, deadlineMs },
    engine,
  );
  const ruleOf = new Map(rules.rules.map((rule) => [rule.id, rule]));
  const { told, untold } = sortOut(asBorne(verdicts, decision), input, (id) => ruleOf.get(id));
  const again = decide(told, resources, rules);
  const hidden = new Set(untold.map(pairOf));
  return {
    decision: { recorded: decision.decision, replayed: replayedAs(decision, again, untold) },
    differences: [
      ...differences(decision, again, hidden),
      // Counts cannot be compared where some verdicts are left out.
      ...(hidden.size === 0 ? totals(decision, again) : []),
    ],
    untold,
  };
}

/** A decision that nothing else denies hangs on what was redacted, where that could have denied it. */
function replayedAs(
  decision: Decision,
  again: Judgement,
  untold: readonly UntoldVerdict[],
): string {
  if (again.decision === 'deny') return 'deny';
  return untold.some(({ enforcement }) => enforcement === 'deny') ? decision.decision : 'allow';
}

const LISTS = [
  'violations',
  'warnings',
  'recorded',
  'exempt',
  'unknown',
  'failed',
] as const satisfies (keyof Judgement)[];

/** Pair -> everything that is said of it, as text. Links are no part of what was decided, nor of a rule's digest. */
function said(judgement: Judgement): Map<string, string[]> {
  const pairs = new Map<string, string[]>();
  for (const list of LISTS)
    for (const entry of judgement[list]) {
      const pair = pairOf(entry);
      const text = `${list} ${canonicalJson({ ...entry, link: undefined, exemptedBy: undefined })}`;
      pairs.set(pair, [...(pairs.get(pair) ?? []), text].sort());
    }
  return pairs;
}

function differences(
  decision: Judgement,
  again: Judgement,
  hidden: ReadonlySet<string>,
): Difference[] {
  const [recorded, replayed] = [said(decision), said(again)];
  const pairs = new Set([...recorded.keys(), ...replayed.keys()]);
  return [...pairs]
    .filter((pair) => !hidden.has(pair))
    .flatMap((pair) => {
      const [before, after] = [textOf(recorded.get(pair)), textOf(replayed.get(pair))];
      const [rule = '', address = ''] = pair.split('\n');
      return before === after ? [] : [{ rule, address, recorded: before, replayed: after }];
    });
}

const SILENT = 'nothing to say';

function textOf(lines: readonly string[] | undefined): string {
  return lines === undefined ? SILENT : lines.join('; ');
}

function totals(decision: Judgement, again: Judgement): Difference[] {
  return (['summary', 'coverage'] as const).flatMap((part) => {
    const [recorded, replayed] = [canonicalJson(decision[part]), canonicalJson(again[part])];
    return recorded === replayed ? [] : [{ rule: '', address: part, recorded, replayed }];
  });
}
