import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

import type { DecisionRequest } from '../gateway.ts';
import { compact } from '../kit/compact.ts';
import { requireRole } from './auth.ts';
import type { Caller } from './auth.ts';
import { describeIssues, openEnvelope, RequestOptions } from './envelope.ts';
import { HttpError } from './errors.ts';
import { bodyKind, refuseWideText } from './media-type.ts';

const Flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** The query of POST /v1/decisions. `run.<key>` and `label.<key>` stand for the members of `run` and `labels`. */
export const DecisionQuery = z.strictObject({
  ...RequestOptions.omit({ run: true, labels: true }).shape,
  dryRun: Flag.optional(),
  status: z
    .enum(['strict'])
    .optional()
    .describe('strict: a denial is answered with 403 in place of 200.'),
});

const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, '1 to 255 visible ASCII characters');

/** What was asked, taken from head and body. */
export interface Asked {
  readonly request: DecisionRequest;
  /** Denials are answered with 403. */
  readonly strict: boolean;
}

/** The head of a request, checked before its body is read. */
export interface AskedHead {
  readonly kind: 'document' | 'envelope';
  readonly query: URLSearchParams;
  readonly strict: boolean;
  readonly idempotencyKey: string | undefined;
}

/** @throws HttpError MEDIA_TYPE_UNSUPPORTED, REQUEST_INVALID */
export function readHead(url: URL, headers: IncomingHttpHeaders): AskedHead {
  const key = headers['idempotency-key'];
  if (key !== undefined && !IdempotencyKey.safeParse(key).success) {
    throw new HttpError(
      'REQUEST_INVALID',
      'The header Idempotency-Key must hold 1 to 255 visible ASCII characters.',
    );
  }
  const contentType = headers['content-type'];
  const head: AskedHead = {
    kind: bodyKind(typeof contentType === 'string' ? contentType : undefined),
    query: url.searchParams,
    strict: url.searchParams.get('status') === 'strict',
    idempotencyKey: typeof key === 'string' ? key : undefined,
  };
  readQuery(head.query);
  return head;
}

/** @throws HttpError REQUEST_INVALID, MEDIA_TYPE_UNSUPPORTED, FORBIDDEN */
export function readAsked(head: AskedHead, bytes: Buffer, caller: Caller): Asked {
  refuseWideText(bytes);
  const envelope = head.kind === 'envelope' ? openEnvelope(bytes) : undefined;
  const { idempotencyKey: keyInside, ...inside } = envelope?.options ?? {};
  const options = { ...readQuery(head.query), ...inside };
  const { point, name, source, dryRun, actor, run, labels } = options;
  const key = head.idempotencyKey ?? keyInside;
  return {
    strict: head.strict,
    request: {
      bytes: envelope?.document ?? bytes,
      point: point ?? 'pre-apply',
      context: compact({
        actor: actor ?? (caller.name === 'anonymous' ? undefined : caller.name),
        run,
        labels,
      }),
      dryRun: dryRun ?? false,
      ...compact({ name, source }),
      ...overrideBy(caller, options.override),
      // Keys belong to their caller: one must not get to see what was decided for another.
      ...(key === undefined ? {} : { idempotencyKey: `${caller.name}:${key}` }),
    },
  };
}

/** Who overrides is known by the token, whatever else is said of who asks. */
function overrideBy(caller: Caller, reason: string | undefined): Pick<DecisionRequest, 'override'> {
  if (reason === undefined) return {};
  requireRole(caller, 'operate');
  return { override: { by: caller.name, reason } };
}

function readQuery(query: URLSearchParams): RequestOptions {
  const plain: Record<string, string> = {};
  const groups = { run: new Map<string, string>(), label: new Map<string, string>() };
  for (const [name, value] of query) {
    const [, group, key] = /^(run|label)\.(.+)$/.exec(name) ?? [];
    if (group === 'run' || group === 'label') groups[group].set(key ?? '', value);
    else if (Object.hasOwn(plain, name)) throw invalidQuery(`${name} is given twice`);
    else plain[name] = value;
  }
  const parsed = DecisionQuery.safeParse(plain);
  if (!parsed.success) throw invalidQuery(describeIssues(parsed.error));
  const { status: _, ...options } = parsed.data;
  const context = RequestOptions.pick({ run: true, labels: true }).safeParse({
    ...(groups.run.size > 0 ? { run: Object.fromEntries(groups.run) } : {}),
    ...(groups.label.size > 0 ? { labels: Object.fromEntries(groups.label) } : {}),
  });
  if (!context.success) throw invalidQuery(describeIssues(context.error));
  return { ...options, ...context.data };
}

function invalidQuery(what: string): HttpError {
  return new HttpError('REQUEST_INVALID', `The query is not understood: ${what}.`, {
    help: 'It may say point, name, source, dryRun, override, actor, status, run.<key> and label.<key>.',
  });
}
