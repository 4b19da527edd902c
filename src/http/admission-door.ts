import { describe } from './access.ts';
import { answerAdmission } from './admission/handler.ts';
import type { Caller } from './auth.ts';
import { readBody } from './body.ts';
import { makeDecision } from './decide.ts';
import type { Door } from './door.ts';
import { HttpError } from './errors.ts';
import { admit } from './exchange.ts';
import type { Exchange, Handler } from './exchange.ts';
import { bodyKind, refuseWideText } from './media-type.ts';
import { toRefusal } from './problem.ts';
import { jsonReply, reply } from './reply.ts';

/** POST /v1/admission/kubernetes/validate: a review in, the review with its response out, in the time the query gives. */
export function admissionHandler(door: Door): Handler {
  return async (exchange, parameters) => {
    const { request, response, url, requestId, facts } = exchange;
    admitWebhook(door, exchange);
    const leave = door.turnstile.arrive();
    try {
      if (bodyKind(request.headers['content-type']) === 'envelope') throw noReview();
      const body = await readBody(request, response, {
        most: door.config.server.limits.review,
        budget: door.bodies,
      });
      try {
        refuseWideText(body.bytes);
        const { review, error } = await answerAdmission(
          { body: body.bytes, query: url.searchParams, requestId, ...clusterOf(parameters) },
          async (asked) => await makeDecision(door, exchange, asked),
        );
        if (error !== undefined) noteFailure(door, exchange, error);
        facts['allowed'] = review.response.allowed;
        await reply(request, response, jsonReply(200, review));
      } finally {
        body.release();
      }
    } finally {
      leave();
    }
  };
}

function admitWebhook(door: Door, exchange: Exchange): Caller {
  const anonymous =
    door.config.auth.anonymousAdmission && exchange.request.headers.authorization === undefined;
  if (!anonymous) return admit(exchange, door.authenticate, 'gate');
  exchange.facts['caller'] = 'anonymous';
  return { name: 'anonymous', role: 'gate' };
}

function clusterOf({ cluster }: Readonly<Record<string, string>>): { cluster: string } | object {
  if (cluster === undefined) return {};
  if (/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,252}$/.test(cluster)) return { cluster };
  throw new HttpError(
    'REQUEST_INVALID',
    'The name of the cluster in the address holds odd characters or is too long.',
  );
}

/** The caller hears of it inside the review, with status 200; operators hear of it as of any other problem. */
function noteFailure(door: Door, { requestId, facts }: Exchange, error: unknown): void {
  const { problem, unforeseen } = toRefusal(error, requestId);
  facts['code'] = problem.code;
  door.metrics.refused(problem.code);
  if (unforeseen)
    door.log.error('a review could not be judged', { requestId, error: describe(error) });
}

function noReview(): HttpError {
  return new HttpError(
    'MEDIA_TYPE_UNSUPPORTED',
    'This address takes an AdmissionReview as application/json.',
  );
}
