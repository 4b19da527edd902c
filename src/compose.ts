import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { monotonicFactory } from 'ulid';

import { parseExemptions } from './bindings/parse-exemptions.ts';
import { parseRules } from './bindings/parse-rules.ts';
import { readExemptionFiles, readRuleFiles } from './config/rule-files.ts';
import type { Config } from './config/schema.ts';
import { loadPolicySet } from './engine/policy-set/load.ts';
import type { PolicySet } from './engine/policy-set.ts';
import type { Engine } from './engine/engine.ts';
import { engineOnDemand } from './engine/on-demand.ts';
import { wasmToolchain } from './engine/toolchain/wasm-toolchain.ts';
import { wasmEngine } from './engine/wasm/wasm-engine.ts';
import { createGateway } from './gateway.ts';
import type { Gateway } from './gateway.ts';
import type { SqliteLedgerOptions } from './ledger/sqlite/index.ts';
import type { Limits } from './sources/limits.ts';

export interface ComposeOptions {
  /** False only for a local check that was not asked to record. */
  readonly record: boolean;
  /** Threads for policies; without a word, those of the configuration. */
  readonly workers?: number;
  /** Limits in place of the configuration's, where nobody else waits for the parser. */
  readonly limits?: Partial<Limits>;
  /** Told after each group commit of the ledger. */
  readonly onCommit?: SqliteLedgerOptions['onCommit'];
}

/** Batches of policies that may wait for a worker; the door's own queue is shorter. */
const ENGINE_QUEUE = 1024;

/** Look-alikes are judged once, so one thread keeps up with any inventory. */
const SWEEP_WORKERS = 1;

/**
 * Configuration -> adapters -> gateway: the only place that knows them all.
 *
 * @throws PolicyError, RulesError, EngineError, LedgerError, each saying what to mend before the gate can start.
 */
export async function compose(config: Config, options: ComposeOptions): Promise<Gateway> {
  const policySet = await loadPolicies(config);
  const rules = parseRules(readRuleFiles(config.rules.folders), policySet.policies);
  const exemptions = parseExemptions(readExemptionFiles(config.exemptions.folders), rules.rules);
  const ledger = options.record ? await openLedger(config, options.onCommit) : undefined;
  const engineWith = (workers: number): Promise<Engine> =>
    wasmEngine({
      policySet,
      workers,
      memoryMiB: Math.ceil(config.engine.memory / 2 ** 20),
      queueLimit: ENGINE_QUEUE,
    });
  const ulid = monotonicFactory();
  return createGateway({
    engine: await engineWith(options.workers ?? config.engine.workers),
    sweepEngine: engineOnDemand(() => engineWith(SWEEP_WORKERS)),
    policySet,
    rules,
    exemptions,
    ledger,
    limits: { ...documentLimits(config), ...options.limits },
    deadlineMs: config.engine.deadline,
    clock: () => new Date(),
    stopwatch: () => performance.now(),
    newId: (time) => ulid(time.getTime()),
  });
}

/** The policies of the configuration, compiled; from the cache when nothing changed. @throws PolicyError */
export async function loadPolicies(config: Config): Promise<PolicySet> {
  return loadPolicySet({
    folders: config.policies.folders,
    toolchain: () => wasmToolchain(),
    cacheFolder: config.policies.cache ?? path.join(config.data, 'policy-cache'),
  });
}

/** What a document may be at the most. */
export function documentLimits({ server: { limits } }: Config): Limits {
  return {
    bytes: limits.document,
    yamlBytes: limits.yaml,
    depth: limits.depth,
    members: limits.members,
  };
}

/** Loaded when it is needed: a check that keeps no record starts without a database. */
async function openLedger(config: Config, onCommit: ComposeOptions['onCommit']) {
  const { openSqliteLedger } = await import('./ledger/sqlite/index.ts');
  return openSqliteLedger({
    folder: config.data,
    deadlineMs: config.ledger.deadline,
    queue: config.ledger.queue,
    ...(onCommit === undefined ? {} : { onCommit }),
  });
}
