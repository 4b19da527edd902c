import { bear } from './decide/bear.ts';
import { decide } from './decide/decide.ts';
import { evaluateAll } from './evaluate/evaluate.ts';
import type { Memory } from './evaluate/memory.ts';
import type { DecisionRequest, GatewayParts } from './gateway-parts.ts';
import { sha256 } from './kit/digest.ts';
import { milliseconds } from './kit/milliseconds.ts';
import type { Decision } from './model/decision.ts';
import type { Resource } from './model/resource.ts';
import type { Verdict } from './model/verdict.ts';
import { normalise } from './normalise.ts';
import type { Normal } from './normalise.ts';
import { redactDecision, spokenOf } from './redact/decision.ts';
import { documentRedactor } from './redact/document.ts';
import type { DocumentRedactor } from './redact/document.ts';
import type { Redactor } from './redact/redactor.ts';
import { keepingSecrets } from './redact/under-way.ts';

/** A decision that nobody has been told of yet, and what it was made of. */
export interface Made {
  readonly decision: Decision;
  readonly resources: readonly Resource[];
  /** Sensitive values that the document states outside its resources. */
  readonly secrets: readonly string[];
  /** Knows those that the document marks. */
  readonly redactor: Redactor;
}

/** What judges a document; without a memory where nothing is kept from one to the next. */
type Judging = GatewayParts & { readonly memory: Memory | undefined };

/**
 * Normalise, evaluate, decide: redacted, and not recorded.
 *
 * @param keep what is done with it while its secrets are still known to logs and last words.
 * @throws SourceError, EngineError
 */
export async function judgeDocument<T>(
  parts: Judging,
  request: DecisionRequest,
  keep: (made: Made) => Promise<T>,
): Promise<T> {
  const [time, begin] = [parts.clock(), parts.stopwatch()];
  const normal = normalise(parts.limits, request);
  const redactor = documentRedactor(normal.resources, normal.secrets);
  const begun = { normal, redactor, time, begin };
  return await keepingSecrets(parts.underWay, redactor, async () =>
    keep(await judgeNormal(parts, request, begun)),
  );
}

type Begun = Readonly<{ normal: Normal; redactor: DocumentRedactor; time: Date; begin: number }>;

async function judgeNormal(
  parts: Judging,
  request: DecisionRequest,
  { normal, redactor: marked, time, begin }: Begun,
): Promise<Made> {
  const { rules, stopwatch } = parts;
  const { source, resources, notes } = normal;
  const normalised = stopwatch();
  const verdicts = await verdictsOn(parts, request, { normal, time });
  const evaluated = stopwatch();
  const id = parts.newId(time);
  const { point, override } = request;
  const exemptions = await parts.exemptions.current();
  const borne = bear(verdicts, resources, { exemptions, point, rules, override, decision: id });
  const redactor = marked.speakingOf(spokenOf(borne.verdicts));
  const judged = decide(borne.verdicts, resources, rules, redactor);
  const { decision: answer, reason, ...judgement } = judged;
  const decision: Decision = {
    id,
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
    exemptions: { digest: exemptions.set.digest, count: exemptions.set.exemptions.length },
    ...(override === undefined ? {} : { override }),
    timings: {
      normaliseMs: milliseconds(normalised - begin),
      evaluateMs: milliseconds(evaluated - normalised),
      decideMs: milliseconds(stopwatch() - evaluated),
    },
    context: request.context,
  };
  const { secrets } = normal;
  return { decision: redactDecision(decision, redactor), resources, secrets, redactor: marked };
}

async function verdictsOn(
  { rules, engine, memory, deadlineMs }: Judging,
  request: DecisionRequest,
  { normal, time }: Pick<Begun, 'normal' | 'time'>,
): Promise<readonly Verdict[]> {
  const { source, resources } = normal;
  const asked = {
    resources,
    rules,
    point: request.point,
    context: {
      ...request.context,
      point: request.point,
      document: { source, resources: resources.length },
    },
    now: time.toISOString(),
    deadlineMs: Math.min(request.deadlineMs ?? deadlineMs, deadlineMs),
  };
  return (await evaluateAll(asked, engine, memory)).verdicts;
}

/** What a judgement was made by. */
export function inForce({ policySet, rules }: GatewayParts): Pick<Decision, 'policies' | 'rules'> {
  return {
    policies: { digest: policySet.digest, count: policySet.policies.length },
    rules: { digest: rules.digest, count: rules.rules.length },
  };
}
