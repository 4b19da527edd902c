import { bindSet, openCandidate } from '../../compose-replay.ts';
import type { PolicyAndRules } from '../../compose-replay.ts';
import { loadPolicies } from '../../compose.ts';
import { readExemptionFiles, readRuleFiles } from '../../config/rule-files.ts';
import type { Config } from '../../config/schema.ts';
import { readPolicyFiles } from '../../engine/policy-set/read.ts';
import { isPortcullisError } from '../../kit/errors.ts';
import type { LedgerReader } from '../../ledger/ledger.ts';
import type { Impact } from '../../replay/impact/model.ts';
import { impactOf } from '../../replay/impact/run.ts';
import type { ImpactQuery } from '../../replay/impact/run.ts';
import { progressOn } from '../check/progress.ts';
import type { Io } from '../io.ts';
import { configFor } from '../settings.ts';
import type { Overrides } from '../settings.ts';

/** Replays the decisions of the data folder by other policies or rules, in this process. */
export async function impactHere(
  io: Io,
  overrides: Overrides,
  query: ImpactQuery,
  withLedger: WithLedger,
): Promise<Impact> {
  const inForce = io.loadConfig(overrides.config);
  const progress = progressOn(io);
  try {
    progress.say('compiling the candidate …');
    const candidate = await readSet(configFor(io, overrides));
    const { workers } = inForce.engine;
    const opened = await openCandidate(inForce, candidate, {
      base: await baseOf(inForce),
      workers,
    });
    try {
      return await withLedger(inForce, (ledger) =>
        impactOf({
          ...{ ledger, candidate: opened, query },
          clock: () => new Date(),
          concurrency: workers + 1,
          onProgress: (done) => {
            if (done % 50 === 0) progress.say(`${done} decisions replayed`);
          },
        }),
      );
    } finally {
      await opened.engine.close();
    }
  } finally {
    progress.done();
  }
}

export type WithLedger = <T>(
  config: Config,
  work: (ledger: LedgerReader) => Promise<T>,
) => Promise<T>;

async function readSet(config: Config): Promise<PolicyAndRules> {
  return bindSet(
    readPolicyFiles(config.policies.folders),
    await loadPolicies(config),
    readRuleFiles(config.rules.folders),
    readExemptionFiles(config.exemptions.folders),
  );
}

/** Only spares some verdicts from being untold: what is in force may be broken while its successor is tried. */
async function baseOf(config: Config): Promise<PolicyAndRules | undefined> {
  try {
    return await readSet(config);
  } catch (error) {
    if (isPortcullisError(error)) return undefined;
    throw error;
  }
}
