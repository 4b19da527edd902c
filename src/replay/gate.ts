import { RulesError } from '../bindings/errors.ts';
import { parseRules } from '../bindings/parse-rules.ts';
import type { RuleText } from '../bindings/parse-rules.ts';
import type { RuleSet } from '../bindings/rule.ts';
import type { ExemptionsNow } from '../decide/bear.ts';
import { PolicyError } from '../engine/policy-set/errors.ts';
import type { PolicyFile } from '../engine/policy-set/read.ts';
import type { PolicySet } from '../engine/policy-set.ts';
import { ToolchainError } from '../engine/toolchain/errors.ts';
import { compact } from '../kit/compact.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { Candidate } from './candidate.ts';
import { ReplayError } from './errors.ts';
import type { ImpactAsk } from './impact/ask.ts';
import type { Impact } from './impact/model.ts';
import { impactOf } from './impact/run.ts';
import type { Sources } from './same-rules.ts';

export interface GateParts {
  readonly ledger: Pick<LedgerReader, 'list' | 'input'>;
  readonly policySet: PolicySet;
  readonly rules: RuleSet;
  /** The files of rules that are in force, as they were read. */
  readonly ruleTexts: readonly RuleText[];
  /** The sources of the policies in force; undefined where they are no longer what was compiled. */
  readonly sources: () => readonly PolicyFile[] | undefined;
  readonly exemptions: () => Promise<ExemptionsNow>;
  /** Compiles what a caller sent, within limits and in a thread that can be ended. */
  readonly compile: (files: readonly PolicyFile[]) => Promise<PolicySet>;
  /** Threads of its own, so that the door is not held up. */
  readonly open: (
    set: Sources & Pick<GateSet, 'policySet'>,
    base: Sources | undefined,
    exemptions: ExemptionsNow['set'],
  ) => Promise<Candidate>;
  readonly clock: () => Date;
}

interface GateSet {
  readonly policySet: PolicySet;
}

/** Milliseconds of replaying, after the candidate was compiled: the caller waits for it. */
const REPLAY_MS = 45_000;
/** What a compiler says of a whole set may be long. */
const LONGEST_MESSAGE = 4000;

/** Asks what a candidate would have made of what was recorded. */
export type AskImpact = (ask: ImpactAsk) => Promise<Impact>;

/** Impact of what callers send on what the gate recorded: one at a time, for it takes as much as a busy door. */
export function gateImpact(parts: GateParts): AskImpact {
  let busy = false;
  return async (ask) => {
    if (busy)
      throw new ReplayError('REPLAY_BUSY', 'Another replay is under way.', {
        help: 'Try again in a minute; the command line beside the ledger does not wait.',
      });
    busy = true;
    try {
      return await replayAsked(parts, ask);
    } finally {
      busy = false;
    }
  };
}

async function replayAsked(parts: GateParts, ask: ImpactAsk): Promise<Impact> {
  const { clock, ledger } = parts;
  const { since, until, point, limit, teamTags } = ask;
  const { set, base } = await candidateSet(parts, ask);
  const candidate = await parts.open(set, base, (await parts.exemptions()).set);
  try {
    return await impactOf({
      ...{ ledger, candidate, clock },
      query: { limit, teamTags, ...compact({ since, until, point }) },
      concurrency: 2,
      stopAt: new Date(clock().getTime() + REPLAY_MS),
    });
  } finally {
    await candidate.engine.close();
  }
}

async function candidateSet(
  parts: GateParts,
  { policies, rules }: ImpactAsk,
): Promise<{
  readonly set: Sources & GateSet;
  readonly base: Sources | undefined;
}> {
  const { policySet: compiled, rules: inForce, ruleTexts } = parts;
  const given = policies === undefined ? undefined : filesOf(policies);
  try {
    const policySet = given === undefined ? compiled : await parts.compile(given);
    const texts = rules === undefined ? ruleTexts : textsOf(rules);
    const bound = parseRules(texts, policySet.policies);
    // By the same compiled set every source is the same: there is nothing to compare.
    const before = given === undefined ? [] : parts.sources();
    return {
      set: { files: given ?? [], policySet, rules: bound },
      base:
        before === undefined ? undefined : { files: before, policySet: compiled, rules: inForce },
    };
  } catch (error) {
    throw wrongCandidate(error);
  }
}

function filesOf(policies: Readonly<Record<string, string>>): PolicyFile[] {
  return Object.entries(policies)
    .map(([place, text]) => ({ path: placeInSet(place), file: place, text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Places are those below a folder of policies, or below the root of a set. None of them is a path on a disk. */
function placeInSet(place: string): string {
  if (/^(?!.*(?:^|\/)\.\.?(?:\/|$))[\w.-]+(?:\/[\w.-]+)+$/.test(place))
    return /^(?:lib|policies)\//.test(place) ? place : `policies/${place}`;
  throw new ReplayError('REPLAY_CANDIDATE', `${JSON.stringify(place)} is no place of a policy`, {
    help: 'Write it as tagging/required/required.rego, or lib/tags.rego.',
  });
}

function textsOf(rules: Readonly<Record<string, string>>): RuleText[] {
  return Object.entries(rules).map(([file, text]) => ({ file, text }));
}

function wrongCandidate(error: unknown): unknown {
  const isWrong =
    error instanceof PolicyError ||
    error instanceof RulesError ||
    (error instanceof ToolchainError && error.code !== 'TOOLCHAIN_BROKEN');
  if (!isWrong) return error;
  const message = error.message.slice(0, LONGEST_MESSAGE);
  return new ReplayError('REPLAY_CANDIDATE', message, {
    help: 'Nothing was replayed. portcullis policy check and portcullis rules check find the same on your machine.',
    cause: error,
  });
}
