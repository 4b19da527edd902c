import { createReports } from './audit-report/reports.ts';
import type { Reports } from './audit-report/reports.ts';
import type { KnownExemption, ReportReaders, SweptInventory } from './audit-report/readers.ts';
import type { Config } from './config/schema.ts';
import type { ExemptionDesk } from './exemption/desk.ts';
import { reviewExemptions } from './exemption/review.ts';
import type { ExemptionView } from './exemption/views.ts';
import { lastWholeStoredRun } from './fleet/gaps.ts';
import { GatewayError } from './gateway.ts';
import type { Gateway } from './gateway.ts';
import { compact } from './kit/compact.ts';
import type { LedgerLog } from './ledger/log.ts';
import type { Store } from './store/index.ts';
import { accountsOf } from './sweep/coverage.ts';
import type { Findings } from './sweep/finding.ts';

interface ReportsGround {
  readonly config: Config;
  readonly gateway: Gateway;
  readonly store: Store;
  /** With who bears them. */
  readonly findings: Findings;
  readonly exemptions: Pick<ExemptionDesk, 'list'>;
  readonly outside: { readonly clock: () => Date };
  readonly newId: (time: Date) => string;
}

/** Reports over the ledger of a gateway and the store of a fleet. */
export function composeReports(ground: ReportsGround): Reports {
  const { gateway, outside, newId } = ground;
  const made = (): Reports =>
    createReports({
      readers: readersOn(ground),
      log: logOf(gateway),
      record: gateway.record,
      newId: () => newId(outside.clock()),
    });
  // Asked for when there is a report to make: a gateway without a ledger does all the rest.
  return {
    open: async (wanted) => await made().open(wanted),
    evidence: async (id) => await made().evidence(id),
  };
}

function readersOn({
  config,
  gateway,
  store,
  findings,
  exemptions,
  outside,
}: ReportsGround): ReportReaders {
  return {
    decisions: gateway.list,
    decision: gateway.find,
    events: gateway.events,
    policies: () => gateway.policies().policies,
    rules: () => gateway.rules().rules,
    exemptions: () => knownExemptions(exemptions, outside.clock()),
    findings: findings.list,
    inventories: config.inventories.map(({ name }) => name),
    lastSweep: (inventory) => lastSweep(store, inventory),
    resources: (account) => store.fleet.count({ account }),
    repairRuns: store.repairs.runs,
    repairSteps: store.repairs.steps,
    clock: outside.clock,
  };
}

async function lastSweep(
  { sweeps }: Pick<Store, 'sweeps'>,
  inventory: string,
): Promise<SweptInventory | undefined> {
  const run = await lastWholeStoredRun(sweeps, inventory);
  if (run === undefined) return undefined;
  return {
    endedAt: run.finishedAt ?? run.updatedAt,
    accounts: accountsOf(run).filter((account) => account.inventory === inventory),
    gaps: run.gaps.filter((gap) => gap.inventory === inventory),
  };
}

/** As many stored ones as the store tells at once. */
const MOST_STORED = 1000;

/** Uses are counted by the report itself, so nothing is remarked of them here. */
async function knownExemptions(
  desk: Pick<ExemptionDesk, 'list'>,
  now: Date,
): Promise<readonly KnownExemption[]> {
  const { exemptions } = await desk.list({ limit: MOST_STORED });
  const known = exemptions.map(knownOf);
  const remarks = reviewExemptions(
    known
      .filter(({ state }) => STANDING.has(state))
      .map((one) => ({ ...one, uses: 0, since: now.toISOString() })),
    { now },
  );
  return known.map((one) => ({
    ...one,
    remarks: remarks.flatMap(({ exemption, message }) =>
      exemption.id === one.id ? [message] : [],
    ),
  }));
}

function knownOf(view: ExemptionView): Omit<KnownExemption, 'remarks'> {
  const { id, state, where, rules, match, points, reason, owner, approvedBy, until } = view;
  const { ticket, from } = view;
  return {
    ...{ id, state, where, rules, match, points, reason, owner, approvedBy, until },
    ...compact({ ticket, from }),
  };
}

/** What was never approved, or is no more, needs no tidying up. */
const STANDING: ReadonlySet<ExemptionView['state']> = new Set(['approved', 'active', 'expired']);

/** A gateway that keeps no ledger has no reports either. */
function logOf({ log }: Gateway): LedgerLog {
  if (log !== undefined) return log;
  throw new GatewayError('NOT_RECORDING', 'this gateway keeps no records, so it has no reports');
}
