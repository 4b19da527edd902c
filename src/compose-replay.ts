import { parseExemptions } from './bindings/parse-exemptions.ts';
import { exemptionSet } from './bindings/exemption.ts';
import type { ExemptionSet } from './bindings/exemption.ts';
import { parseRules } from './bindings/parse-rules.ts';
import type { RuleText } from './bindings/parse-rules.ts';
import type { RuleSet } from './bindings/rule.ts';
import type { Config } from './config/schema.ts';
import { constantEntrypoints } from './engine/policy-set/constant.ts';
import { PolicyError } from './engine/policy-set/errors.ts';
import { loadPolicyFiles, policySetDigest } from './engine/policy-set/load.ts';
import { readPolicyFiles } from './engine/policy-set/read.ts';
import type { PolicyFile } from './engine/policy-set/read.ts';
import { wasmToolchain } from './engine/toolchain/wasm-toolchain.ts';
import type { PolicySet } from './engine/policy-set.ts';
import { wasmEngine } from './engine/wasm/wasm-engine.ts';
import type { Candidate } from './replay/candidate.ts';
import { gateImpact } from './replay/gate.ts';
import type { AskImpact, GateParts } from './replay/gate.ts';
import { sameRules } from './replay/same-rules.ts';
import type { Sources } from './replay/same-rules.ts';

/** A set of policies and rules, whole: what is in force, or what might be. */
export interface PolicyAndRules {
  readonly files: readonly PolicyFile[];
  readonly policySet: PolicySet;
  readonly rules: RuleSet;
  readonly exemptions: ExemptionSet;
}

type InForce = Pick<GateParts, 'ledger' | 'policySet' | 'rules' | 'ruleTexts' | 'exemptions'>;

/** A caller's policies may take this much of the compiler, once for looking through them and once for compiling. */
const COMPILE = { deadlineMs: 30_000, memoryBytes: 512 * 2 ** 20, concurrency: 1 };

/** What `POST /v1/impact` asks. */
export function composeGateImpact(config: Config, inForce: InForce): AskImpact {
  return gateImpact({
    ...inForce,
    sources: () => sourcesOf(config, inForce.policySet.digest),
    compile: (files) => loadPolicyFiles(files, wasmToolchain(COMPILE)),
    open: (set, base, exemptions) =>
      openCandidate(config, { ...set, exemptions }, { base, workers: 1 }),
    clock: () => new Date(),
  });
}

/** The disk may hold other policies by now: these are of use only while they are those that were compiled. */
function sourcesOf(config: Config, digest: string): readonly PolicyFile[] | undefined {
  try {
    const files = readPolicyFiles(config.policies.folders);
    return policySetDigest(files, wasmToolchain()) === digest ? files : undefined;
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

export interface CandidateOptions {
  /** What is in force, where it is known: rules that the candidate has unchanged keep what was recorded of them. */
  readonly base: Sources | undefined;
  readonly workers: number;
}

const QUEUE = 1024;

/** @throws RulesError when the rules do not fit the policies, or the exemptions the rules. */
export function bindSet(
  files: readonly PolicyFile[],
  policySet: PolicySet,
  ruleTexts: readonly RuleText[],
  exemptionTexts: readonly RuleText[],
): PolicyAndRules {
  const rules = parseRules(ruleTexts, policySet.policies);
  const exemptions = exemptionSet(parseExemptions(exemptionTexts, rules.rules));
  return { files, policySet, rules, exemptions };
}

/** A candidate with threads of its own, so that the gate is not held up. @throws EngineError */
export async function openCandidate(
  config: Config,
  set: PolicyAndRules,
  { base, workers }: CandidateOptions,
): Promise<Candidate> {
  const { policySet, rules, exemptions } = set;
  const constant = constantEntrypoints(policySet.plan);
  return {
    engine: await wasmEngine({
      policySet,
      workers,
      memoryMiB: Math.ceil(config.engine.memory / 2 ** 20),
      queueLimit: QUEUE,
    }),
    ...{ policySet, rules, exemptions },
    isConstant: (entrypoint) => constant.has(entrypoint),
    sameRule: base === undefined ? () => false : sameRules(base, set),
    deadlineMs: config.engine.deadline,
  };
}
