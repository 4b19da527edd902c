import type { DecisionRequest } from '../gateway.ts';
import type { Decision } from '../model/decision.ts';
import { readBody } from './body.ts';
import { readAsked, readHead } from './decision-request.ts';
import type { Asked } from './decision-request.ts';
import type { Door } from './door.ts';
import { HttpError } from './errors.ts';
import { admit } from './exchange.ts';
import type { Exchange, Handler } from './exchange.ts';
import { jsonReply, reply } from './reply.ts';

/** POST /v1/decisions: any document in, the recorded decision out. */
export function decideHandler(door: Door): Handler {
  return async (exchange) => {
    const { request, response, url } = exchange;
    // A person who may override need not hold the token of a pipeline.
    const role = url.searchParams.has('override') ? 'operate' : 'gate';
    const caller = admit(exchange, door.authenticate, role);
    const leave = door.turnstile.arrive();
    try {
      const head = readHead(url, request.headers);
      const body = await readBody(request, response, {
        most: door.config.server.limits.document,
        budget: door.bodies,
      });
      try {
        const asked = readAsked(head, body.bytes, caller);
        const decision = await makeDecision(door, exchange, asked.request);
        refuseOtherQuestion(asked, decision);
        const status = asked.strict && decision.decision === 'deny' ? 403 : 200;
        await reply(
          request,
          response,
          jsonReply(status, decision, { 'x-decision': decision.decision }),
        );
      } finally {
        body.release();
      }
    } finally {
      leave();
    }
  };
}

/**
 * Asks the gateway when its turn comes, within the deadline of the door.
 *
 * @throws HttpError OVERLOADED or DEADLINE, besides what the gateway throws.
 */
export async function makeDecision(
  door: Door,
  exchange: Exchange,
  request: DecisionRequest,
): Promise<Decision> {
  const deadlineMs = Math.min(door.config.server.deadline, request.deadlineMs ?? Infinity);
  const asked = performance.now();
  const decision = await door.turnstile.pass(async () => {
    const left = deadlineMs - (performance.now() - asked);
    if (left <= 0) throw tooLate(deadlineMs);
    return await within(door.gateway.decide({ ...request, deadlineMs: left }), left, deadlineMs);
  }, deadlineMs);
  exchange.facts['decision'] = decision.decision;
  exchange.facts['decisionId'] = decision.id;
  exchange.facts['source'] = decision.document.source;
  exchange.facts['resources'] = decision.document.resources;
  door.metrics.decision(decision);
  return decision;
}

async function within<T>(work: Promise<T>, milliseconds: number, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate(deadlineMs)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(deadlineMs: number): HttpError {
  return new HttpError(
    'DEADLINE',
    `There was no decision within ${Math.round(deadlineMs)} ms; the request was not allowed and not denied.`,
    {
      headers: { 'retry-after': '1' },
    },
  );
}

/** The gateway compares documents; a key that comes back with another point or as a dry run is another question too. */
function refuseOtherQuestion({ request }: Asked, decision: Decision): void {
  if (request.idempotencyKey === undefined) return;
  const same =
    decision.point === request.point &&
    decision.dryRun === (request.dryRun ?? false) &&
    decision.override?.reason === request.override?.reason;
  if (same) return;
  throw new HttpError(
    'IDEMPOTENCY_CONFLICT',
    'The idempotency key was used for the same document at another point, as a dry run, or with another override.',
    {
      help: 'Use a new key for a new question.',
    },
  );
}
