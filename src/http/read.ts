import { compact } from '../kit/compact.ts';
import type { Door } from './door.ts';
import { HttpError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { parseQuery } from './query.ts';
import { jsonReply } from './reply.ts';
import type { Reply } from './reply.ts';
import { EventQuery, ListQuery, toPolicyView, toRuleView, toSummaries } from './views.ts';

/** Who asks; for operations that are open to everyone nobody in particular. */
export interface Asker {
  readonly actor: string;
}

/** Handlers that answer with a whole text. */
export type Read = (
  exchange: Exchange,
  parameters: Readonly<Record<string, string>>,
  asker: Asker,
) => Promise<Reply> | Reply;

export function listDecisions({ gateway }: Door): Read {
  return async ({ url }) => {
    const { limit, ...filter } = parseQuery(ListQuery, url.searchParams);
    const page = await gateway.list({ limit, ...compact(filter) });
    return jsonReply(200, {
      records: toSummaries(page),
      ...(page.next === undefined ? {} : { next: page.next }),
    });
  };
}

export function findDecision({ gateway }: Door): Read {
  return async (_, { id = '' }) => {
    const record = id.length > 64 ? undefined : await gateway.find(id);
    if (record === undefined)
      throw new HttpError('NOT_FOUND', 'There is no decision with this id.');
    const { decision } = record;
    if (decision === undefined)
      throw new HttpError(
        'GONE',
        'What was decided is no longer kept: it aged out, or was erased. That it was decided still stands in the ledger.',
      );
    return jsonReply(200, decision, {
      'x-decision': decision.decision,
      'x-sequence': String(record.sequence),
    });
  };
}

export function listEvents({ gateway }: Door): Read {
  return async ({ url }) => {
    const { limit, ...filter } = parseQuery(EventQuery, url.searchParams);
    return jsonReply(200, await gateway.events({ limit, ...compact(filter) }));
  };
}

export function listPolicies({ gateway }: Door): Read {
  return () => {
    const { digest, policies } = gateway.policies();
    return jsonReply(200, { digest, policies: policies.map(toPolicyView) });
  };
}

export function listRules({ gateway }: Door): Read {
  return () => {
    const { digest, rules } = gateway.rules();
    return jsonReply(200, { digest, rules: rules.map(toRuleView) });
  };
}

export function metricsText({ metrics }: Door): Read {
  return async () => ({ status: 200, type: metrics.contentType, body: await metrics.render() });
}

/** Alive: the process answers. It says nothing of disks or policies, so that a bad disk does not make restarts. */
export function live(): Read {
  return () => jsonReply(200, { status: 'ok' });
}

/** Ready: not stopping, and the ledger can be read. */
export function ready({ gateway, draining, log }: Door): Read {
  return async () => {
    if (draining()) return jsonReply(503, { status: 'stopping' });
    try {
      await gateway.list({ limit: 1 });
    } catch (error) {
      log.error('the ledger cannot be read', {
        error: error instanceof Error ? error.message : 'unknown',
      });
      return jsonReply(503, { status: 'ledger unavailable' });
    }
    const [policies, rules] = [gateway.policies(), gateway.rules()];
    return jsonReply(200, {
      status: 'ready',
      policies: policies.policies.length,
      rules: rules.rules.length,
    });
  };
}
