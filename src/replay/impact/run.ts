import type { GoneRecord, LedgerReader, RecordFilter, StoredRecord } from '../../ledger/ledger.ts';
import { LedgerError } from '../../ledger/errors.ts';
import type { Point } from '../../model/point.ts';
import type { Candidate } from '../candidate.ts';
import { compareDecision } from './compare.ts';
import type { Compared } from './compare.ts';
import { createRejudge } from './judge.ts';
import type { Rejudge, Rejudged } from './judge.ts';
import type { Impact, LeftOut } from './model.ts';
import { createTally } from './tally.ts';

/** Which decisions are replayed: the newest first, up to a number of them. */
export interface ImpactQuery {
  readonly since?: string;
  readonly until?: string;
  readonly point?: Point;
  readonly limit: number;
  /** Tags that name a team, the first that a resource has counts. */
  readonly teamTags: readonly string[];
}

export interface ImpactParts {
  readonly ledger: Pick<LedgerReader, 'list' | 'input'>;
  readonly candidate: Candidate;
  readonly query: ImpactQuery;
  readonly clock: () => Date;
  /** Decisions under way at one time; an input of the largest size takes much memory. */
  readonly concurrency: number;
  /** What is not replayed by then is left, and the answer says so. */
  readonly stopAt?: Date;
  readonly onProgress?: (done: number) => void;
}

/** A page of decisions, whole, is held at one time; each may name thousands of violations. */
const PAGE = 100;

/**
 * Replays recorded decisions by a candidate, and adds up what would have been otherwise.
 *
 * @throws LedgerError when the ledger cannot be read. What is wrong with one decision is told in the answer.
 */
export async function impactOf(parts: ImpactParts): Promise<Impact> {
  const { candidate, query, clock } = parts;
  const tally = createTally(query.teamTags);
  const rejudge = createRejudge(candidate);
  const complete = await replayAll(parts, rejudge, (done) => {
    if (isLeftOut(done)) tally.leaveOut(done.record.id, done.outcome);
    else tally.add(done.record.decision, done.outcome.compared, done.outcome.rejudged.resourceAt);
  });
  const { decisions, ...rest } = tally.result();
  const { policySet, rules } = candidate;
  const { since, until, point } = query;
  return {
    format: 'portcullis-impact',
    version: 1,
    madeAt: clock().toISOString(),
    candidate: {
      policies: { digest: policySet.digest, count: policySet.policies.length },
      rules: { digest: rules.digest, count: rules.rules.length },
    },
    period: {
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    },
    ...(point === undefined ? {} : { point }),
    teamTags: [...query.teamTags],
    complete,
    decisions: { ...decisions, distinct: rejudge.distinct() },
    ...rest,
  };
}

type Done =
  | { readonly record: StoredRecord | GoneRecord; readonly outcome: LeftOut }
  | {
      readonly record: StoredRecord;
      readonly outcome: { readonly compared: Compared; readonly rejudged: Rejudged };
    };

function isLeftOut(done: Done): done is Extract<Done, { readonly outcome: LeftOut }> {
  return typeof done.outcome === 'string';
}

/** @returns false when older decisions were left. */
async function replayAll(
  parts: ImpactParts,
  rejudge: Rejudge,
  take: (done: Done) => void,
): Promise<boolean> {
  const { query, concurrency, stopAt, clock, onProgress } = parts;
  const underWay: Promise<Settled>[] = [];
  let [started, done] = [0, 0];
  const finishOne = async (): Promise<void> => {
    const settled = await underWay.shift();
    if (settled === undefined) return;
    if ('error' in settled) throw settled.error;
    take(settled);
    onProgress?.(++done);
  };
  for await (const record of recordsOf(parts.ledger, query)) {
    // The one beyond the limit only tells that there is one.
    if (started === query.limit || (stopAt !== undefined && clock() >= stopAt)) {
      while (underWay.length > 0) await finishOne();
      return false;
    }
    started += 1;
    underWay.push(settle(replayOne(parts, rejudge, record)));
    // In the order of the ledger, so that the same replay tells the same.
    if (underWay.length >= concurrency) await finishOne();
  }
  while (underWay.length > 0) await finishOne();
  return true;
}

type Settled = Done | { readonly error: unknown };

/** A failure waits for its turn; rejected before anybody looks, it would end the process. */
function settle(work: Promise<Done>): Promise<Settled> {
  return work.catch((error: unknown) => ({ error }));
}

async function* recordsOf(
  ledger: ImpactParts['ledger'],
  { since, until, point }: ImpactQuery,
): AsyncGenerator<StoredRecord | GoneRecord> {
  const filter: RecordFilter = {
    limit: PAGE,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(point === undefined ? {} : { point }),
  };
  let before: number | undefined;
  do {
    const page = await ledger.list({ ...filter, ...(before === undefined ? {} : { before }) });
    // In the order of the ledger, so that a limit means the newest ones whatever became of them.
    yield* [...page.records, ...(page.gone ?? [])].sort((a, b) => b.sequence - a.sequence);
    before = page.next;
  } while (before !== undefined);
}

async function replayOne(
  { ledger, candidate }: ImpactParts,
  rejudge: Rejudge,
  record: StoredRecord | GoneRecord,
): Promise<Done> {
  if (record.decision === undefined) return { record, outcome: 'no-body' };
  const { decision } = record;
  const text = await inputOf(ledger, decision.id);
  if (typeof text !== 'string') return { record, outcome: text.missing };
  const rejudged = await rejudge.judge(decision, text);
  if (rejudged === 'strange-input') return { record, outcome: rejudged };
  const sameRule = (rule: string): boolean => candidate.sameRule(decision, rule);
  return { record, outcome: { compared: compareDecision(decision, rejudged, sameRule), rejudged } };
}

async function inputOf(
  ledger: ImpactParts['ledger'],
  id: string,
): Promise<string | { readonly missing: LeftOut }> {
  try {
    return (await ledger.input(id)) ?? { missing: 'no-input' };
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'LEDGER_CORRUPT')
      return { missing: 'damaged-input' };
    throw error;
  }
}
