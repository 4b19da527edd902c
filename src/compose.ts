import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { performance } from 'node:perf_hooks';

import { parseRules } from './bindings/parse-rules.ts';
import { exemptionFilesIn, readRuleFiles } from './config/rule-files.ts';
import type { Config } from './config/schema.ts';
import { loadPolicySet } from './engine/policy-set/load.ts';
import type { PolicySet } from './engine/policy-set.ts';
import type { Engine } from './engine/engine.ts';
import { engineOnDemand } from './engine/on-demand.ts';
import { wasmToolchain } from './engine/toolchain/wasm-toolchain.ts';
import { wasmEngine } from './engine/wasm/wasm-engine.ts';
import { exemptionSource } from './exemption/source.ts';
import type { SourceParts } from './exemption/source.ts';
import type { composeGateImpact } from './compose-replay.ts';
import { createGateway, GatewayError } from './gateway.ts';
import type { Gateway } from './gateway.ts';
import { messageOf } from './kit/errors.ts';
import { newIds } from './kit/new-id.ts';
import { redactEvent } from './redact/event.ts';
import { redactedInput } from './redact/resource.ts';
import { isWrongSet, refusedEvent } from './record-policies.ts';
import type { Commit } from './ledger/append-queue.ts';
import type { ExportOutcome } from './ledger/export/schedule.ts';
import type { OpenLedger } from './ledger/open.ts';
import { ledgerPlace } from './ledger/place.ts';
import { secretsUnderWay } from './redact/under-way.ts';
import type { UnderWay } from './redact/under-way.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { AskImpact } from './replay/gate.ts';
import type { Limits } from './sources/limits.ts';

export interface ComposeOptions {
  /** False only for a local check that was not asked to record. */
  readonly record: boolean;
  /** True for a process that judges one document after the other: see `GatewayParts`. */
  readonly remembers?: boolean;
  /** Threads for policies; without a word, those of the configuration. */
  readonly workers?: number;
  /** Limits in place of the configuration's, where nobody else waits for the parser. */
  readonly limits?: Partial<Limits>;
  /** Told of files of exemptions that are wrong, of a store that cannot be read, of a head that cannot be signed; stderr hears of nothing otherwise. */
  readonly warn?: SourceParts['warn'];
  /** Told after each group commit of the ledger. */
  readonly onCommit?: (commit: Commit) => void;
  /** Told of each export of the ledger. Without it none is made: that is for a gate, and not for a command beside it. */
  readonly onExport?: (outcome: ExportOutcome) => void;
  /** Where the values under way are known, when logs and last words go through it too. */
  readonly underWay?: UnderWay;
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
  const engineWith = (workers: number): Promise<Engine> =>
    wasmEngine({
      policySet,
      workers,
      memoryMiB: Math.ceil(config.engine.memory / 2 ** 20),
      queueLimit: ENGINE_QUEUE,
    });
  // Threads take their time to begin: meanwhile rules are read and the ledger is opened.
  const starting = engineWith(options.workers ?? config.engine.workers);
  try {
    return await composeBeside(starting, { config, options, policySet, engineWith });
  } catch (thrown) {
    await starting.then(
      (engine) => engine.close(),
      () => undefined,
    );
    throw thrown;
  }
}

interface Begun {
  readonly config: Config;
  readonly options: ComposeOptions;
  readonly policySet: PolicySet;
  readonly engineWith: (workers: number) => Promise<Engine>;
}

/** All but the engine, which is starting. */
async function composeBeside(
  starting: Promise<Engine>,
  { config, options, policySet, engineWith }: Begun,
): Promise<Gateway> {
  const ruleTexts = readRuleFiles(config.rules.folders);
  const rules = parseRules(ruleTexts, policySet.policies);
  const exemptions = exemptionSource({
    files: exemptionFilesIn(config.exemptions.folders),
    rules: rules.rules,
    clock: () => new Date(),
    stopwatch: () => performance.now(),
    warn: options.warn ?? (() => undefined),
  });
  const newId = newIds();
  const [engine, opened] = await Promise.all([
    starting,
    options.record ? openLedger(config, newId, options) : undefined,
  ]);
  return createGateway({
    engine,
    sweepEngine: engineOnDemand(() => engineWith(SWEEP_WORKERS)),
    policySet,
    remembers: options.remembers ?? false,
    rules,
    exemptions,
    impact: impactOnDemand(config, {
      ...{ ledger: opened?.ledger, policySet, rules, ruleTexts },
      exemptions: exemptions.current,
    }),
    ...(config.ledger.inputs === 'redacted' ? { inputOf: redactedInput } : {}),
    ledger: opened?.ledger,
    log: opened?.log,
    limits: { ...documentLimits(config), ...options.limits },
    deadlineMs: config.engine.deadline,
    clock: () => new Date(),
    stopwatch: () => performance.now(),
    newId,
    underWay: options.underWay ?? secretsUnderWay(),
  });
}

/**
 * Keeps a record of policies or rules that a gate would not start with, where it can: it did not start, whatever becomes
 * of the record.
 */
export async function recordRefused(
  config: Config,
  error: unknown,
  warn: NonNullable<ComposeOptions['warn']>,
): Promise<void> {
  if (!isWrongSet(error)) return;
  const newId = newIds();
  try {
    const { ledger } = await openLedger(config, newId, { record: true, warn });
    try {
      const event = await refusedEvent(error, ledger);
      const now = new Date();
      if (event !== undefined)
        await ledger.append({ ...redactEvent(event), id: newId(now), time: now.toISOString() });
    } finally {
      await ledger.close();
    }
  } catch (thrown) {
    warn('that this gate did not start is not recorded', { error: messageOf(thrown) });
  }
}

/** Our own policies, compiled when the program was built: seconds, and half a gigabyte, that no first start needs. */
const SHIPPED_POLICIES = fileURLToPath(new URL('../dist/compiled/', import.meta.url));

/** The policies of the configuration, compiled; as shipped or from the cache when nothing changed. @throws PolicyError */
export async function loadPolicies(config: Config): Promise<PolicySet> {
  return loadPolicySet({
    folders: config.policies.folders,
    toolchain: () => wasmToolchain(),
    cacheFolder: config.policies.cache ?? path.join(config.data, 'policy-cache'),
    shippedFolder: SHIPPED_POLICIES,
  });
}

type ImpactParts = Omit<Parameters<typeof composeGateImpact>[1], 'ledger'> & {
  readonly ledger: Ledger | undefined;
};

/** Loaded when it is asked for: few gates are. */
function impactOnDemand(config: Config, { ledger, ...parts }: ImpactParts): AskImpact {
  let made: Promise<AskImpact> | undefined;
  return async (ask) => {
    if (ledger === undefined)
      throw new GatewayError('NOT_RECORDING', 'this gateway keeps no records');
    made ??= import('./compose-replay.ts').then((room) =>
      room.composeGateImpact(config, { ledger, ...parts }),
    );
    return await (
      await made
    )(ask);
  };
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
async function openLedger(
  config: Config,
  newId: (time: Date) => string,
  { onCommit, onExport, warn }: ComposeOptions,
): Promise<OpenLedger> {
  const { openLedger: open } = await import('./ledger/open.ts');
  const { deadline, queue, retention, export: destination } = config.ledger;
  return await open({
    ...ledgerPlace(config),
    deadlineMs: deadline,
    queue,
    retention,
    exporting: onExport && destination && { ...destination, told: onExport },
    onCommit,
    clock: () => new Date(),
    newId,
    warn: warn ?? (() => undefined),
  });
}
