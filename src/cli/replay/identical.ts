import path from 'node:path';

import { parseRules } from '../../bindings/parse-rules.ts';
import type { RuleSet } from '../../bindings/rule.ts';
import { loadPolicies } from '../../compose.ts';
import { readRuleFiles } from '../../config/rule-files.ts';
import type { Config } from '../../config/schema.ts';
import { readCached } from '../../engine/policy-set/cache.ts';
import type { PolicySet } from '../../engine/policy-set.ts';
import { wasmEngine } from '../../engine/wasm/wasm-engine.ts';
import type { LedgerReader, StoredRecord } from '../../ledger/ledger.ts';
import type { Decision } from '../../model/decision.ts';
import { replayDecision } from '../../replay/identical.ts';
import type { Comparison, Difference } from '../../replay/identical.ts';
import { readInput } from '../../replay/recorded.ts';
import type { RecordedInput } from '../../replay/recorded.ts';
import { printable, printableValue } from '../../report/printable.ts';

/** What a replay of one decision came to. */
export interface ReplayAnswer {
  readonly id: string;
  readonly result: 'identical' | 'different' | 'missing';
  readonly decision: Comparison['decision'] | undefined;
  readonly differences: readonly Difference[];
  readonly untold: readonly { rule: string; address: string; paths: readonly string[] }[];
  /** What the decision was made of or by, and is not here, with what to do about it. */
  readonly missing: readonly string[];
}

/** Makes a stored decision again, by the policies and rules that made it. */
export async function replayStored(
  config: Config,
  ledger: LedgerReader,
  { decision }: StoredRecord,
): Promise<ReplayAnswer> {
  const text = await ledger.input(decision.id);
  const input = text === undefined ? undefined : readInput(text);
  const set = await setWith(config, decision.policies.digest);
  const rules = set === undefined ? undefined : rulesOf(config, set);
  const missing = missingOf(decision, { text, input, set, rules });
  if (missing.length > 0 || input === undefined || set === undefined || rules === undefined) {
    const nothing = { decision: undefined, differences: [], untold: [] };
    return { id: decision.id, result: 'missing', ...nothing, missing };
  }
  const engine = await wasmEngine({
    policySet: set,
    workers: 1,
    memoryMiB: Math.ceil(config.engine.memory / 2 ** 20),
    queueLimit: 16,
  });
  try {
    const { deadline } = config.engine;
    return answer(
      decision,
      await replayDecision(decision, input, { engine, rules, deadlineMs: deadline }),
    );
  } finally {
    await engine.close();
  }
}

interface Found {
  readonly text: string | undefined;
  readonly input: RecordedInput | undefined;
  readonly set: PolicySet | undefined;
  readonly rules: RuleSet | undefined;
}

function missingOf(decision: Decision, { text, input, set, rules }: Found): string[] {
  return [
    ...(text === undefined ? [NO_INPUT] : []),
    ...(text !== undefined && input === undefined ? [STRANGE_INPUT] : []),
    ...(set === undefined ? [noPolicies(decision)] : []),
    ...(rules !== undefined && rules.digest !== decision.rules.digest ? [noRules(decision)] : []),
  ];
}

function answer({ id }: Decision, { decision, differences, untold }: Comparison): ReplayAnswer {
  const same = differences.length === 0 && decision.recorded === decision.replayed;
  return {
    ...{ id, decision, differences, missing: [] },
    result: same ? 'identical' : 'different',
    untold: untold.map(({ rule, address, paths }) => ({ rule, address, paths })),
  };
}

/** The set in force, or one that was compiled before and is still in the cache. */
async function setWith(config: Config, digest: string): Promise<PolicySet | undefined> {
  const folder = config.policies.cache ?? path.join(config.data, 'policy-cache');
  const cached = readCached(folder, digest);
  if (cached !== undefined) return cached;
  const inForce = await loadPolicies(config);
  return inForce.digest === digest ? inForce : undefined;
}

function rulesOf(config: Config, { policies }: PolicySet): RuleSet {
  return parseRules(readRuleFiles(config.rules.folders), policies);
}

const NO_INPUT =
  'what it judged was not kept, or has aged out: ledger.inputs: redacted keeps it from now on';
const STRANGE_INPUT = 'what was kept of it is of another version of Portcullis';

function noPolicies({ policies }: Decision): string {
  return `the policies ${policies.digest} that made it are not here: name a folder that holds them with --policies`;
}

function noRules({ rules }: Decision): string {
  return `the rules ${rules.digest} that made it are not here: name a folder that holds them with --rules`;
}

/** The answer for a person. */
export function replayText({ id, result, decision, differences, untold, missing }: ReplayAnswer) {
  const verdict = decision === undefined ? '' : `, ${decision.replayed}`;
  return [
    HEADS[result] + `  ${id}${verdict}`,
    ...missing.map((what) => `  missing: ${what}`),
    ...(decision !== undefined && decision.recorded !== decision.replayed
      ? [`  it was recorded as ${decision.recorded}`]
      : []),
    ...differences.flatMap(({ rule, address, recorded, replayed }) => [
      `  ${printable(`${rule} ${address}`.trim())}`,
      `    recorded: ${printableValue(recorded)}`,
      `    replayed: ${printableValue(replayed)}`,
    ]),
    ...untold.map(({ rule, address, paths }) =>
      printable(
        `  not compared: ${rule} ${address} hangs on what was redacted: ${paths.join(', ')}`,
      ),
    ),
    '',
  ].join('\n');
}

const HEADS = {
  identical: 'IDENTICAL',
  different: 'DIFFERENT',
  missing: 'NOT REPLAYED',
} satisfies Record<ReplayAnswer['result'], string>;
