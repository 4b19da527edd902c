import type { RuleSet } from '../bindings/rule.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Judge } from './judge.ts';
import type { RepairRun, RepairStep, Tally } from './journal.ts';
import type { RepairCoverage, RepairSubject } from './plan/input.ts';
import type { RunParts } from './run/context.ts';
import type { RepairSettings } from './settings.ts';

/** What to mend: globs over accounts, regions, kinds and addresses; rules by id. Absent: all. */
export interface RepairScope {
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly kinds?: readonly string[];
  readonly addresses?: readonly string[];
  readonly rules?: readonly string[];
}

/** What the last sweeps know of a scope. */
export interface Estate {
  readonly subjects: readonly RepairSubject[];
  readonly verdicts: readonly Verdict[];
  readonly coverage: RepairCoverage;
}

export interface RepairsParts extends RunParts {
  readonly estate: (scope: RepairScope, signal: AbortSignal) => Promise<Estate>;
  readonly rules: () => RuleSet;
  readonly judge: Judge;
  readonly settings: () => RepairSettings;
  readonly newId: (time: Date) => string;
}

export interface ApplyRequest {
  readonly actor: string;
  readonly dryRun?: boolean;
  /** True for a schedule: then every rule of the plan must be `automatic`. */
  readonly automatic?: boolean;
  /** Told the id of the run when it has begun: before its end, and not at all when it is refused. */
  readonly began?: (run: string) => void;
}

/** A run with what became of its resources. */
export interface RepairStatus {
  readonly run: RepairRun;
  readonly tally: Tally;
  readonly steps: readonly RepairStep[];
}
