import type { RuleSet } from './bindings/rule.ts';
import type { ExemptionsNow } from './decide/bear.ts';
import type { PolicySet } from './engine/policy-set.ts';
import { evaluateAll } from './evaluate/evaluate.ts';
import type { Evaluation } from './evaluate/evaluate.ts';
import type { Memory } from './evaluate/memory.ts';
import { memoryOf } from './evaluate/policy-memory.ts';
import { overrideEvent } from './exemption/override.ts';
import type { ExemptionSource } from './exemption/source.ts';
import { conflict, GatewayError } from './gateway-error.ts';
import type { DecisionRequest, GatewayParts } from './gateway-parts.ts';
import { sha256 } from './kit/digest.ts';
import type {
  EventFilter,
  EventPage,
  EventRecord,
  Ledger,
  LedgerReader,
  RecordFilter,
  RecordPage,
} from './ledger/ledger.ts';
import { inForce, judgeDocument } from './judge-document.ts';
import type { Made } from './judge-document.ts';
import type { LedgerLog } from './ledger/log.ts';
import type { Decision } from './model/decision.ts';
import type { Point } from './model/point.ts';
import type { Resource } from './model/resource.ts';
import type { AskImpact } from './replay/gate.ts';
import { keptKey, oncePerKey, recordedUnder } from './once.ts';
import { redactEvent } from './redact/event.ts';
import type { Redactor } from './redact/redactor.ts';

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
  /**
   * Tells of every decision that was recorded, with what it was made of, and with what takes the secrets of that out.
   * Whoever listens must not hold the gate up.
   */
  readonly follow: (
    told: (decision: Decision, resources: readonly Resource[], redactor: Redactor) => void,
  ) => void;
  readonly find: LedgerReader['get'];
  readonly list: (filter: RecordFilter) => Promise<RecordPage>;
  readonly events: (filter: EventFilter) => Promise<EventPage>;
  /** Keeps something that happened besides decisions. @throws LedgerError */
  readonly record: (event: Omit<EventRecord, 'id' | 'time'>) => Promise<void>;
  /** The ledger as others verify it; undefined when this gateway keeps none. */
  readonly log: LedgerLog | undefined;
  /** What other policies or rules would have made of recorded decisions. @throws ReplayError, LedgerError */
  readonly impact: AskImpact;
  readonly policies: () => PolicySet;
  readonly rules: () => RuleSet;
  readonly exemptions: () => Promise<ExemptionsNow>;
  /** From now on stored exemptions count too. @throws RulesError when their ids clash with those of files. */
  readonly honour: ExemptionSource['honour'];
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
  /** As in `EvaluateRequest`. */
  readonly troubleOnly?: boolean;
}

export interface Judged extends Evaluation {
  readonly policies: Decision['policies'];
  readonly rules: Decision['rules'];
}

export { GatewayError } from './gateway-error.ts';
export type { DecisionRequest } from './gateway-parts.ts';

type Follower = Parameters<Gateway['follow']>[0];
type Followed = GatewayParts & {
  readonly followers: readonly Follower[];
  readonly memory: Memory | undefined;
};

/** Builds the gateway from its parts; `compose.ts` makes the real ones. */
export function createGateway(parts: GatewayParts): Gateway {
  const only = oncePerKey();
  const followers: Follower[] = [];
  const memory = memoryOf(parts.policySet);
  const all = { ...parts, followers, memory: parts.remembers ? memory() : undefined };
  return {
    decide: (request) =>
      request.idempotencyKey === undefined
        ? judgeAndRecord(all, request)
        : once(all, only, request, keptKey(request.idempotencyKey)),
    follow: (told) => void followers.push(told),
    judge: (request) => judgeResources(parts, request, memory()),
    find: (id) => ledgerOf(parts).get(id),
    list: (filter) => ledgerOf(parts).list(filter),
    events: (filter) => ledgerOf(parts).events(filter),
    record: (event) => record(parts, event),
    log: parts.log,
    impact: parts.impact,
    policies: () => parts.policySet,
    rules: () => parts.rules,
    exemptions: parts.exemptions.current,
    honour: parts.exemptions.honour,
    close: async () => {
      await parts.engine.close();
      await parts.sweepEngine.close();
      await parts.ledger?.close();
    },
  };
}

async function judgeResources(
  parts: GatewayParts,
  request: JudgeRequest,
  memory: Memory,
): Promise<Judged> {
  const { rules, sweepEngine } = parts;
  const context = { ...request.context, point: request.point };
  const asked = { ...request, rules, context, now: request.now.toISOString() };
  return { ...(await evaluateAll(asked, sweepEngine, memory)), ...inForce(parts) };
}

async function record(parts: GatewayParts, event: Parameters<Gateway['record']>[0]): Promise<void> {
  const time = parts.clock();
  const id = parts.newId(time);
  await ledgerOf(parts).append({ ...redactEvent(event), id, time: time.toISOString() });
}

async function judgeAndRecord(parts: Followed, request: DecisionRequest): Promise<Decision> {
  return await judgeDocument(parts, request, (made) => recordMade(parts, request, made));
}

async function recordMade(
  parts: Followed,
  request: DecisionRequest,
  { decision, resources, secrets, redactor }: Made,
): Promise<Decision> {
  const override = overrideEvent(decision);
  // Before the decision: an override that is not told of is none.
  if (override !== undefined) await record(parts, override);
  await parts.ledger?.append({
    id: decision.id,
    time: decision.time,
    type: 'decision',
    decision,
    ...(request.idempotencyKey === undefined ? {} : { idempotencyKey: request.idempotencyKey }),
    ...(parts.inputOf === undefined ? {} : { input: parts.inputOf(resources, secrets) }),
  });
  for (const told of parts.followers) told(decision, resources, redactor);
  return decision;
}

async function once(
  parts: Followed,
  only: ReturnType<typeof oncePerKey>,
  request: DecisionRequest,
  idempotencyKey: string,
): Promise<Decision> {
  const decision = await only(idempotencyKey, {
    find: async (key) => await recordedUnder(key, parts.ledger),
    make: async () => await judgeAndRecord(parts, { ...request, idempotencyKey }),
  });
  if (decision.document.digest !== sha256(request.bytes)) throw conflict('another document');
  return decision;
}

function ledgerOf({ ledger }: GatewayParts): Ledger {
  if (ledger !== undefined) return ledger;
  throw new GatewayError('NOT_RECORDING', 'this gateway keeps no records');
}
