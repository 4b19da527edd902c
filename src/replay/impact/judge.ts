import type { RuleSet } from '../../bindings/rule.ts';
import { applyExemptions } from '../../decide/exempt.ts';
import { evaluateAll } from '../../evaluate/evaluate.ts';
import { createMemory } from '../../evaluate/memory.ts';
import type { Memory } from '../../evaluate/memory.ts';
import { sha256 } from '../../kit/digest.ts';
import type { Decision } from '../../model/decision.ts';
import type { Resource } from '../../model/resource.ts';
import type { Verdict } from '../../model/verdict.ts';
import { byWhatTheyRead } from '../candidate.ts';
import type { Candidate } from '../candidate.ts';
import { readInput } from '../recorded.ts';
import type { RecordedInput } from '../recorded.ts';
import { asBorne, contextOf, sortOut } from '../verdicts.ts';
import type { Replayed } from './compare.ts';
import { rememberUpTo } from './remember.ts';

/** The candidate's word on the input of one decision. */
export interface Rejudged extends Replayed {
  readonly resourceAt: (address: string) => Resource | undefined;
}

export interface Rejudge {
  /** @returns 'strange-input' for what is no input of this version. */
  readonly judge: (decision: Decision, text: string) => Promise<Rejudged | 'strange-input'>;
  /** Inputs that were really judged; the others were the same again. */
  readonly distinct: () => number;
}

/** Characters of input whose judgement is remembered; parsed, they take some ten times of that. */
const REMEMBERED = 8 * 1024 * 1024;
/** For what policies said of resources that look alike, in whatever decision they stand. */
const MEMORY_BYTES = 32 * 1024 * 1024;

/**
 * Judges inputs by a candidate. The same plan is asked about again and again: the same resources at the same point are
 * judged once, by all rules but those that look at the clock or the caller.
 */
export function createRejudge(candidate: Candidate): Rejudge {
  const { timeless, timely } = byWhatTheyRead(candidate);
  const ruleOf = new Map(candidate.rules.rules.map((rule) => [rule.id, rule]));
  const known = rememberUpTo<Promise<Judged | 'strange-input'>>(REMEMBERED);
  const memory = createMemory({ isConstant: candidate.isConstant, bytes: MEMORY_BYTES });
  let distinct = 0;

  const judgeTimeless = async (decision: Decision, text: string) => {
    distinct += 1;
    const input = readInput(text);
    if (input === undefined) return 'strange-input';
    const said = await verdictsOf(candidate, timeless, decision, input, memory);
    const resources = new Map(input.resources.map((resource) => [resource.address, resource]));
    return { input, resources, said };
  };

  return {
    distinct: () => distinct,
    judge: async (decision, text) => {
      const key = `${decision.point} ${sha256(text)}`;
      const judged = await known(key, text.length, () => judgeTimeless(decision, text));
      if (judged === 'strange-input') return judged;
      const { input, resources, said } = judged;
      const all = [...said, ...(await verdictsOf(candidate, timely, decision, input, memory))];
      const { told, untold } = sortOut(all, input, (id) => ruleOf.get(id));
      return {
        told: borne(candidate, decision, input, told),
        untold,
        resourceAt: (address) => resources.get(address),
      };
    },
  };
}

interface Judged {
  readonly input: RecordedInput;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly said: readonly Verdict[];
}

/** Verdicts that have something to say: the content ones are most of them, and change nothing. */
async function verdictsOf(
  { engine, deadlineMs }: Candidate,
  rules: RuleSet,
  decision: Decision,
  { resources }: RecordedInput,
  memory: Memory,
): Promise<Verdict[]> {
  if (rules.rules.length === 0) return [];
  const { point, time } = decision;
  const context = contextOf(decision);
  const asked = { resources, rules, point, context, now: time, deadlineMs, troubleOnly: true };
  const { verdicts } = await evaluateAll(asked, engine, memory);
  return verdicts.filter(({ verdict }) => verdict !== 'compliant' && verdict !== 'not-applicable');
}

/** Exemptions as they stood when the decision was made, and those that were used for it. */
function borne(
  { exemptions }: Candidate,
  decision: Decision,
  { resources }: RecordedInput,
  verdicts: readonly Verdict[],
): readonly Verdict[] {
  const when = { point: decision.point, now: new Date(decision.time) };
  return applyExemptions(asBorne(verdicts, decision), resources, exemptions, when).verdicts;
}
