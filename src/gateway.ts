import type { Exemption } from './bindings/exemption.ts';
import type { RuleSet } from './bindings/rule.ts';
import { toResources } from './catalogue/resolve.ts';
import { decide } from './decide/decide.ts';
import { applyExemptions } from './decide/exempt.ts';
import type { Engine } from './engine/engine.ts';
import type { PolicySet } from './engine/policy-set.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { PortcullisError } from './kit/errors.ts';
import { sha256 } from './kit/digest.ts';
import type {
  EventFilter,
  EventPage,
  EventRecord,
  Ledger,
  RecordFilter,
  RecordPage,
  StoredRecord,
} from './ledger/ledger.ts';
import type { Decision, RequestContext } from './model/decision.ts';
import type { Point } from './model/point.ts';
import type { Resource } from './model/resource.ts';
import type { Verdict } from './model/verdict.ts';
import type { Limits } from './sources/limits.ts';
import { parseDocument } from './sources/parse-document.ts';
import { normaliseDocument } from './sources/registry.ts';

export interface DecisionRequest {
  /** The document as received, decompressed. */
  readonly bytes: Uint8Array;
  /** A file name or the like, for messages. */
  readonly name?: string;
  /** The id of a source, when the caller knows better than recognition. */
  readonly source?: string;
  readonly point: Point;
  readonly context: RequestContext;
  /** Judged and answered as usual, marked in the record. */
  readonly dryRun?: boolean;
  /** The same key and document give the same decision, recorded once. */
  readonly idempotencyKey?: string;
  /** Milliseconds left for the policies; never more than the configured deadline. */
  readonly deadlineMs?: number;
}

/** The one object that serves HTTP, the command line and the scheduler. */
export interface Gateway {
  /**
   * Normalise, evaluate, decide, record, answer.
   *
   * @throws SourceError when the document cannot be judged, LedgerError when the decision cannot be recorded,
   * GatewayError when an idempotency key comes back with another document.
   */
  readonly decide: (request: DecisionRequest) => Promise<Decision>;
  /**
   * Judges resources that came by another way than a document: a sweep's pages, a repair's patched copies. Nothing is
   * decided and nothing recorded: that is for whoever asks. Nothing is exempt either: findings are when they are read.
   */
  readonly judge: (request: JudgeRequest) => Promise<Judged>;
  /** Tells of every decision that was recorded, with what it was made of. Whoever listens must not hold the gate up. */
  readonly follow: (told: (decision: Decision, resources: readonly Resource[]) => void) => void;
  readonly find: (id: string) => Promise<StoredRecord | undefined>;
  readonly list: (filter: RecordFilter) => Promise<RecordPage>;
  readonly events: (filter: EventFilter) => Promise<EventPage>;
  /** Keeps something that happened besides decisions. @throws LedgerError */
  readonly record: (event: Omit<EventRecord, 'id' | 'time'>) => Promise<void>;
  readonly policies: () => PolicySet;
  readonly rules: () => RuleSet;
  /** All that were read, the ended ones too. Whoever asks looks at the clock. */
  readonly exemptions: () => readonly Exemption[];
  readonly close: () => Promise<void>;
}

export interface JudgeRequest {
  readonly resources: readonly Resource[];
  readonly point: Point;
  /** `input.context`, besides the point. */
  readonly context: Readonly<Record<string, unknown>>;
  /** `input.now`; the same for all pages of one sweep, so that they are judged alike. */
  readonly now: Date;
  readonly deadlineMs: number;
}

export interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly policies: Decision['policies'];
  readonly rules: Decision['rules'];
}

/** A document in normal form. */
export interface Normal {
  readonly source: string;
  readonly resources: readonly Resource[];
  readonly notes: Decision['document']['notes'];
}

/** IDEMPOTENCY_CONFLICT: the key was used for another document. NOT_RECORDING: this gateway keeps no ledger. */
export class GatewayError extends PortcullisError<'IDEMPOTENCY_CONFLICT' | 'NOT_RECORDING'> {}

export interface GatewayParts {
  readonly engine: Engine;
  /** Threads of its own for what nobody waits at the door for, so that a sweep slows no admission down. */
  readonly sweepEngine: Engine;
  readonly policySet: PolicySet;
  readonly rules: RuleSet;
  readonly exemptions: readonly Exemption[];
  /** Absent only for a local check on the command line that was not asked to record. */
  readonly ledger: Ledger | undefined;
  readonly limits: Limits;
  /** Milliseconds for the policies of one decision. */
  readonly deadlineMs: number;
  readonly clock: () => Date;
  /** Milliseconds from any start, never going back. */
  readonly stopwatch: () => number;
  readonly newId: (time: Date) => string;
}

type Follower = Parameters<Gateway['follow']>[0];
type Followed = GatewayParts & { readonly followers: readonly Follower[] };

/** Builds the gateway from its parts; `compose.ts` makes the real ones. */
export function createGateway(parts: GatewayParts): Gateway {
  const underWay = new Map<string, Promise<Decision>>();
  const followers: Follower[] = [];
  const all = { ...parts, followers };
  return {
    decide: (request) =>
      request.idempotencyKey === undefined
        ? judgeAndRecord(all, request)
        : once(all, underWay, request, request.idempotencyKey),
    follow: (told) => void followers.push(told),
    judge: (request) => judgeResources(parts, request),
    find: (id) => ledgerOf(parts).get(id),
    list: (filter) => ledgerOf(parts).list(filter),
    events: (filter) => ledgerOf(parts).events(filter),
    record: async (event) => {
      const time = parts.clock();
      await ledgerOf(parts).append({ ...event, id: parts.newId(time), time: time.toISOString() });
    },
    policies: () => parts.policySet,
    rules: () => parts.rules,
    exemptions: () => parts.exemptions,
    close: async () => {
      await parts.engine.close();
      await parts.sweepEngine.close();
      await parts.ledger?.close();
    },
  };
}

async function judgeResources(parts: GatewayParts, request: JudgeRequest): Promise<Judged> {
  const { rules } = parts;
  const { resources, point, context, now, deadlineMs } = request;
  const verdicts = await evaluate(
    { resources, rules, point, context: { ...context, point }, now: now.toISOString(), deadlineMs },
    parts.sweepEngine,
  );
  return { verdicts, ...inForce(parts) };
}

function inForce({ policySet, rules }: GatewayParts): Pick<Decision, 'policies' | 'rules'> {
  return {
    policies: { digest: policySet.digest, count: policySet.policies.length },
    rules: { digest: rules.digest, count: rules.rules.length },
  };
}

async function judgeAndRecord(parts: Followed, request: DecisionRequest): Promise<Decision> {
  const { decision, resources } = await judge(parts, request);
  await parts.ledger?.append({
    id: decision.id,
    time: decision.time,
    type: 'decision',
    decision,
    ...(request.idempotencyKey === undefined ? {} : { idempotencyKey: request.idempotencyKey }),
  });
  for (const told of parts.followers) told(decision, resources);
  return decision;
}

interface Made {
  readonly decision: Decision;
  readonly resources: readonly Resource[];
}

async function judge(parts: GatewayParts, request: DecisionRequest): Promise<Made> {
  const { rules, stopwatch } = parts;
  const time = parts.clock();
  const begin = stopwatch();
  const { source, resources, notes } = normalise(parts.limits, request);
  const normalised = stopwatch();
  const verdicts = await evaluate(
    {
      resources,
      rules,
      point: request.point,
      context: {
        ...request.context,
        point: request.point,
        document: { source, resources: resources.length },
      },
      now: time.toISOString(),
      deadlineMs: Math.min(request.deadlineMs ?? parts.deadlineMs, parts.deadlineMs),
    },
    parts.engine,
  );
  const evaluated = stopwatch();
  const when = { point: request.point, now: time };
  const borne = applyExemptions(verdicts, resources, parts.exemptions, when);
  const { decision: answer, reason, ...judgement } = decide(borne.verdicts, resources, rules);
  const decision: Decision = {
    id: parts.newId(time),
    time: time.toISOString(),
    decision: answer,
    reason,
    point: request.point,
    dryRun: request.dryRun ?? false,
    document: {
      source,
      digest: sha256(request.bytes),
      bytes: request.bytes.byteLength,
      resources: resources.length,
      ...(request.name === undefined ? {} : { name: request.name }),
      notes: [...notes, ...borne.notes],
    },
    ...judgement,
    ...inForce(parts),
    timings: {
      normaliseMs: milliseconds(normalised - begin),
      evaluateMs: milliseconds(evaluated - normalised),
      decideMs: milliseconds(stopwatch() - evaluated),
    },
    context: request.context,
  };
  return { decision, resources };
}

/** The first step alone: a document in normal form. @throws SourceError */
export function normalise(
  limits: Limits,
  request: Pick<DecisionRequest, 'bytes' | 'name' | 'source'>,
): Normal {
  const document = parseDocument(request.bytes, request.name, limits);
  const { source, resources, notes } = normaliseDocument(document, request.source);
  return { source, resources: toResources(resources), notes: [...notes] };
}

/** Requests with one key, at the same time or years apart, are one decision and one record. */
async function once(
  parts: Followed,
  underWay: Map<string, Promise<Decision>>,
  request: DecisionRequest,
  key: string,
): Promise<Decision> {
  const pending = underWay.get(key) ?? recordedOrNew(parts, request, key);
  underWay.set(key, pending);
  try {
    const decision = await pending;
    if (decision.document.digest !== sha256(request.bytes)) throw conflict(key);
    return decision;
  } finally {
    if (underWay.get(key) === pending) underWay.delete(key);
  }
}

async function recordedOrNew(
  parts: Followed,
  request: DecisionRequest,
  key: string,
): Promise<Decision> {
  const recorded = await parts.ledger?.findByIdempotencyKey(key);
  return recorded === undefined ? judgeAndRecord(parts, request) : recorded.decision;
}

function conflict(key: string): GatewayError {
  return new GatewayError(
    'IDEMPOTENCY_CONFLICT',
    `the idempotency key ${JSON.stringify(key)} was used for another document`,
    {
      help: 'Use a new key for a new document, or leave it out.',
    },
  );
}

function ledgerOf({ ledger }: GatewayParts): Ledger {
  if (ledger !== undefined) return ledger;
  throw new GatewayError('NOT_RECORDING', 'this gateway keeps no records');
}

/** Microseconds are what the clock can tell; more digits would be noise in the record. */
function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}
