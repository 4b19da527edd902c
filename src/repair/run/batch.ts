import type { TagReading, TagResult, Tagger } from '../../clouds/tagger.ts';
import type { RepairStep, StepOutcome } from '../journal.ts';
import { remaining, standing } from '../plan/compare.ts';
import { canonicalJson } from '../../kit/canonical-json.ts';
import { sha256 } from '../../kit/digest.ts';
import { patchTags } from '../plan/tags.ts';
import type { Tags } from '../plan/tags.ts';
import { secondTry } from './again.ts';
import { nowOf, record } from './context.ts';
import type { RunContext } from './context.ts';
import { leftAlone, outcome } from './outcome.ts';
import { AS_BEFORE, readNow, verify } from './verify.ts';

/** A step about to be written, with what was just read. */
interface Ready {
  readonly step: RepairStep;
  readonly reading: TagReading & { readonly tags: { readonly state: 'known' } };
}

/** What a write came to; `lost` is what nobody answered for and what reads as before. */
interface Tried {
  readonly outcomes: readonly StepOutcome[];
  readonly lost: readonly RepairStep[];
}

/**
 * Takes steps through their life: journal, record, read, compare, write, read back, record, settle; what got lost on the way goes
 * through it once more. Whatever stops it in between leaves open steps behind, which are read before anything else is done to their resources.
 *
 * @throws StoreError, SweepError SWEEP_FENCED, RepairError REPAIR_UNRECORDED: the run cannot go on.
 */
export async function runBatch(
  context: RunContext,
  steps: readonly RepairStep[],
  tagger: Tagger,
): Promise<void> {
  const { parts, lease } = context;
  const { open, skipped } = await parts.journal.intend(steps, lease);
  await record(parts, 'repair.intended', context.run.id, {
    dryRun: context.run.dryRun,
    resources: open.map(intention),
    skipped: skipped.map(({ change, reason }) => ({ address: change.address, reason })),
  });
  await writeOpen(context, open, tagger);
}

/** For steps whose intention is durable and recorded. */
export async function writeOpen(
  context: RunContext,
  open: readonly RepairStep[],
  tagger: Tagger,
): Promise<void> {
  if (open.length === 0) return;
  const outcomes: StepOutcome[] = [];
  const ready = await compareAll(context, open, tagger, outcomes);
  if (context.run.dryRun) {
    outcomes.push(...ready.map(({ step }) => outcome(step, 'rehearsed', 'would be written')));
    return settle(context, open, outcomes);
  }
  const tried = await writeAll(context, ready, tagger);
  // Before a second try, which asks for the error rate: these count.
  await settle(context, open, [...outcomes, ...tried.outcomes]);
  await writeLost(context, tried.lost, tagger);
}

/** The second try is the last of this run: its attempts are no first ones. */
async function writeLost(
  context: RunContext,
  lost: readonly RepairStep[],
  tagger: Tagger,
): Promise<void> {
  if (lost.length === 0) return;
  const { again, outcomes } = await secondTry(context, lost, tagger);
  await settle(context, lost, outcomes);
  await writeOpen(context, again, tagger);
}

/** Recorded first: a step that is closed in the journal is not looked at again. */
export async function settle(
  { parts, run, lease }: RunContext,
  steps: readonly RepairStep[],
  outcomes: readonly StepOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const addresses = new Map(steps.map(({ position, change }) => [position, change.address]));
  await record(parts, 'repair.result', run.id, {
    dryRun: run.dryRun,
    resources: outcomes.map(({ position, state, reason }) => ({
      address: addresses.get(position) ?? '',
      state,
      reason,
    })),
  });
  await parts.journal.settle(run.id, outcomes, nowOf(parts), lease);
}

/** What a record says of a step; with this alone somebody could undo it by hand. */
function intention({ change, position, attempt }: RepairStep) {
  const { address, target, set, remove, rules, snapshot } = change;
  return {
    position,
    attempt,
    address,
    scope: target.scope,
    set,
    remove,
    rules,
    tagsDigest: sha256(canonicalJson(snapshot)),
  };
}

/** Reads the tags as they are now; only what still is as the plan found it goes on. */
async function compareAll(
  context: RunContext,
  open: readonly RepairStep[],
  tagger: Tagger,
  outcomes: StepOutcome[],
): Promise<Ready[]> {
  const readings = await readNow(tagger, open, context.signal);
  return open.flatMap((step, index) => {
    const reading = readings[index];
    const judged = compare(context, step, reading, tagger);
    if (judged !== undefined) outcomes.push(judged);
    if (judged !== undefined || !isKnown(reading)) return [];
    return [{ step, reading }];
  });
}

function isKnown(reading: TagReading | undefined): reading is Ready['reading'] {
  return reading?.tags.state === 'known';
}

function compare(
  { run }: RunContext,
  step: RepairStep,
  reading: TagReading | undefined,
  { limits }: Tagger,
): StepOutcome | undefined {
  const tags = reading?.tags ?? { state: 'unknown', reason: 'they were not answered' };
  const stands = standing(step.change, tags);
  const inDoubt = step.attempt > 1 && !run.dryRun;
  switch (stands.at) {
    case 'after':
      return inDoubt
        ? outcome(step, 'verified', 'an earlier attempt had arrived')
        : outcome(step, 'skipped', 'changed since: it is as planned already');
    case 'else':
    case 'unread':
      return outcome(step, inDoubt ? 'unresolved' : 'skipped', stands.why);
    case 'before':
    case 'between':
      return tags.state === 'known' ? overfull(step, tags.values, limits.tags) : undefined;
  }
}

/** Others may have filled it up since. */
function overfull(step: RepairStep, now: Tags, most: number): StepOutcome | undefined {
  const count = Object.keys(patchTags(now, step.change.set, {})).filter(
    (key) => !/^aws:/i.test(key),
  ).length;
  if (count <= most || Object.keys(remaining(step.change, now).set).length === 0) return undefined;
  const why = `changed since: it would have ${count} tags, and can have ${most}`;
  return outcome(step, 'skipped', why);
}

async function writeAll(
  context: RunContext,
  ready: readonly Ready[],
  tagger: Tagger,
): Promise<Tried> {
  const { parts, signal } = context;
  const { go, late } = stillAllowed(context, ready);
  if (go.length === 0) return { outcomes: late, lost: [] };
  // The lease is the right to write; losing it here is the last moment to notice.
  await parts.leases.renew(context.lease, context.timing.leaseMs);
  const results = await attempt(tagger, go, signal);
  const closed: StepOutcome[] = [];
  const written: RepairStep[] = [];
  const unsure: RepairStep[] = [];
  for (const [index, { step }] of go.entries()) {
    const result = results[index];
    if (result?.outcome === 'done') written.push(step);
    else if (result === undefined || result.outcome === 'uncertain') unsure.push(step);
    else closed.push(refusedOutcome(step, result));
  }
  await noteWritten(context, written);
  const { outcomes, asBefore } = await verify(context, [...written, ...unsure], tagger);
  const isLost = (step: RepairStep): boolean => step.attempt === 1 && unsure.includes(step);
  const hidden = asBefore.filter((step) => !isLost(step));
  return {
    outcomes: [
      ...late,
      ...closed,
      ...outcomes,
      ...hidden.map((step) => outcome(step, 'unresolved', AS_BEFORE)),
    ],
    lost: asBefore.filter(isLost),
  };
}

/** The kill switch, and the age of the journal entries, just before the write. */
function stillAllowed(
  { parts, timing, signal }: RunContext,
  ready: readonly Ready[],
): { go: readonly Ready[]; late: StepOutcome[] } {
  const now = parts.outside.clock().getTime();
  const go: Ready[] = [];
  const late: StepOutcome[] = [];
  for (const one of ready) {
    const age = now - new Date(one.step.intendedAt).getTime();
    if (signal.aborted) late.push(leftAlone(one.step, 'the run was stopped'));
    else if (parts.writes() === 'off') late.push(leftAlone(one.step, 'writes are switched off'));
    else if (age > timing.freshMs)
      late.push(
        leftAlone(
          one.step,
          `its journal entry is ${Math.round(age / 1000)} s old: too late to write`,
        ),
      );
    else go.push(one);
  }
  return { go, late };
}

/** A tagger that breaks as a whole may have written: that is to be read, not assumed. */
async function attempt(
  tagger: Tagger,
  go: readonly Ready[],
  signal: AbortSignal,
): Promise<readonly (TagResult | undefined)[]> {
  const changes = go.map(({ step: { change }, reading: { tags, version } }) => ({
    target: change.target,
    ...remaining(change, tags.values),
    ...(version === undefined ? {} : { version }),
  }));
  try {
    return await tagger.write(changes, signal);
  } catch {
    return [];
  }
}

/** So that a crash while reading back finds out that the cloud had said yes. */
async function noteWritten(
  { parts, run, lease }: RunContext,
  steps: readonly RepairStep[],
): Promise<void> {
  if (steps.length === 0) return;
  const outcomes = steps.map((step) => outcome(step, 'written', ''));
  await parts.journal.settle(run.id, outcomes, nowOf(parts), lease);
}

function refusedOutcome(
  step: RepairStep,
  result: Exclude<TagResult, { outcome: 'done' }>,
): StepOutcome {
  return result.outcome === 'conflict'
    ? leftAlone(step, `changed since: ${result.message}`)
    : outcome(step, 'failed', `${result.reason}: ${result.message}`);
}

/** Changes -> steps that are yet to be opened. */
export function toStep(
  { run, parts }: RunContext,
  change: RepairStep['change'],
  position: number,
): RepairStep {
  return {
    run: run.id,
    position,
    change,
    state: 'intended',
    attempt: 1,
    reason: '',
    actor: run.actor,
    intendedAt: nowOf(parts),
  };
}
