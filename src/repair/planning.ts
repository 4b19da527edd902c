import type { Rule } from '../bindings/rule.ts';
import type { Verdict } from '../model/verdict.ts';
import { RepairError } from './errors.ts';
import { judgeAgain } from './judge.ts';
import type { StoredPlan } from './journal.ts';
import type { PlanInput, RepairSubject, TaggerLimits } from './plan/input.ts';
import { planRepairs } from './plan/plan.ts';
import { cutPlan } from './plan/seal.ts';
import { planUndo } from './plan/undo.ts';
import { canMend } from './plan/wishes.ts';
import type { RepairsParts, RepairScope } from './ports.ts';
import { byInventory } from './run/by-inventory.ts';
import { nowOf, record } from './run/context.ts';
import { readNow } from './run/verify.ts';
import { storedRun } from './stored.ts';

/** How far back a fight over a tag is looked for. */
const HISTORY_MS = 31 * 24 * 3600 * 1000;

export async function plan(
  parts: RepairsParts,
  scope: RepairScope,
  actor: string,
  signal: AbortSignal,
): Promise<StoredPlan> {
  const { rules, digest } = parts.rules();
  requireMending(scope, rules);
  const { subjects, verdicts, coverage } = await parts.estate(scope, signal);
  const now = parts.outside.clock();
  const since = new Date(now.getTime() - HISTORY_MS).toISOString();
  const input: PlanInput = {
    subjects,
    verdicts,
    coverage,
    rules: rules.filter(({ id }) => scope.rules?.includes(id) ?? true),
    history: await parts.journal.history(violated(verdicts), since),
    taggers: taggersOf(parts, subjects),
    now,
  };
  const judged = await judgeAgain(planRepairs(input), {
    subjects,
    verdicts,
    rules,
    judge: parts.judge,
    signal,
  });
  return keep(parts, {
    plan: judged,
    requestedBy: actor,
    createdAt: now.toISOString(),
    rulesDigest: digest,
    scope: JSON.stringify(scope),
  });
}

/** A rule that is not there would have nothing to write, and so would look as if nothing were wrong. */
function requireMending({ rules: asked = [] }: RepairScope, rules: readonly Rule[]): void {
  const mending = rules.filter(canMend).map(({ id }) => id);
  const strange = asked.find((id) => !mending.includes(id));
  if (strange === undefined) return;
  const message = rules.some(({ id }) => id === strange)
    ? `The rule ${strange} does not say how what it finds is mended.`
    : `There is no rule ${strange}.`;
  throw new RepairError('REPAIR_UNKNOWN', message, {
    help:
      mending.length === 0
        ? 'No rule says it: `repair:` of a rule does.'
        : `Rules that say it: ${mending.join(', ')}.`,
  });
}

function violated(verdicts: readonly Verdict[]): string[] {
  return [
    ...new Set(
      verdicts.filter(({ verdict }) => verdict === 'violation').map(({ address }) => address),
    ),
  ];
}

function taggersOf(
  parts: RepairsParts,
  subjects: readonly RepairSubject[],
): Readonly<Record<string, TaggerLimits>> {
  const names = [...new Set(subjects.map(({ inventory }) => inventory))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const tagger = parts.tagger(name);
      return tagger === undefined
        ? []
        : [[name, { adapter: tagger.adapter, limits: tagger.limits }] as const];
    }),
  );
}

/** Recorded before it is kept: what anybody may apply later is in the ledger. */
async function keep(parts: RepairsParts, made: Omit<StoredPlan, 'state'>): Promise<StoredPlan> {
  const { plan: content, requestedBy, scope } = made;
  await record(
    parts,
    'repair.planned',
    content.id,
    {
      purpose: content.purpose,
      ...(content.undoes === undefined ? {} : { undoes: content.undoes }),
      scope,
      changes: content.changes.map(({ address, set, remove, rules }) => ({
        address,
        set,
        remove,
        rules,
      })),
      totals: content.totals,
      breaches: content.breaches,
    },
    requestedBy,
  );
  return parts.journal.propose({ ...made, plan: cutPlan(content) });
}

export async function undo(
  parts: RepairsParts,
  id: string,
  actor: string,
  signal: AbortSignal,
): Promise<StoredPlan> {
  const run = await storedRun(parts, id);
  if (run.dryRun || run.state === 'running')
    throw new RepairError(
      'REPAIR_STATE',
      run.dryRun
        ? `Run ${id} was a dry run: there is nothing to undo.`
        : `Run ${id} is still under way.`,
      run.dryRun
        ? {}
        : { help: 'Resume it first if it was left behind: what it did must be known.' },
    );
  const steps = (await parts.journal.steps(id)).filter(
    ({ state }) => state === 'verified' || state === 'unresolved',
  );
  const made = await Promise.all(
    [...byInventory(steps)].map(async ([inventory, list]) => {
      const tagger = parts.tagger(inventory);
      const readings = tagger === undefined ? [] : await readNow(tagger, list, signal);
      const unread = { state: 'unknown', reason: `nothing can read ${inventory}` } as const;
      return list.map(({ change }, index) => ({ change, now: readings[index]?.tags ?? unread }));
    }),
  );
  return keep(parts, {
    plan: planUndo(id, made.flat()),
    requestedBy: actor,
    createdAt: nowOf(parts),
    rulesDigest: parts.rules().digest,
    scope: `undo of ${id}`,
  });
}
