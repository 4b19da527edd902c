import { z } from 'zod';

import { ReportError } from '../audit-report/errors.ts';
import type { ReportErrorCode } from '../audit-report/errors.ts';
import { CloudError } from '../clouds/errors.ts';
import { EngineError } from '../engine/errors.ts';
import { InventoryRefused } from '../clouds/json-lines/accept.ts';
import { ExemptionError } from '../exemption/errors.ts';
import type { ExemptionErrorCode } from '../exemption/errors.ts';
import { FleetError } from '../fleet/errors.ts';
import { GatewayError } from '../gateway.ts';
import type { Place, PortcullisError } from '../kit/errors.ts';
import { LedgerError } from '../ledger/errors.ts';
import { RepairError } from '../repair/errors.ts';
import type { RepairErrorCode } from '../repair/errors.ts';
import { PLAIN } from '../redact/redactor.ts';
import { ReplayError } from '../replay/errors.ts';
import type { ReplayErrorCode } from '../replay/errors.ts';
import { SourceError } from '../sources/errors.ts';
import type { SourceErrorCode } from '../sources/errors.ts';
import { StoreError } from '../store/errors.ts';
import { SweepError } from '../sweep/errors.ts';
import type { SweepErrorCode } from '../sweep/errors.ts';
import { HttpError } from './errors.ts';

/** A problem document (RFC 9457), sent as application/problem+json. */
export const Problem = z
  .object({
    type: z.string().describe('A page that explains the code.'),
    title: z.string().describe('The same for every problem of this code.'),
    status: z.int(),
    code: z.string().describe('Stable; programs decide by it.'),
    detail: z.string().describe('What happened this time.'),
    help: z.string().optional().describe('What to do about it.'),
    place: z
      .object({
        file: z.string().optional(),
        line: z.int().optional(),
        column: z.int().optional(),
        path: z.string().optional(),
      })
      .optional()
      .describe('Where in the document.'),
    problems: z
      .array(z.object({ line: z.int(), message: z.string() }))
      .optional()
      .describe('Of a document of lines: what is wrong with which.'),
    more: z.int().optional().describe('How many problems there are besides those.'),
    instance: z.string().describe('The request id, as in the header X-Request-Id and in the logs.'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

const TITLES: Readonly<Record<string, string>> = {
  REQUEST_INVALID: 'The request is not understood',
  BODY_UNREADABLE: 'The body did not arrive whole',
  UNAUTHENTICATED: 'A token is needed',
  FORBIDDEN: 'The token does not allow this',
  HOST_REFUSED: 'The request was made for another host',
  NOT_FOUND: 'There is nothing here',
  GONE: 'It is no longer kept',
  METHOD_NOT_ALLOWED: 'The method does not fit this address',
  BODY_TOO_LARGE: 'The body is too large',
  MEDIA_TYPE_UNSUPPORTED: 'The content type is not supported',
  ENCODING_UNSUPPORTED: 'The content encoding is not supported',
  EXPECTATION_FAILED: 'The expectation cannot be met',
  IDEMPOTENCY_CONFLICT: 'The idempotency key was used for another request',
  INTERNAL: 'Something broke in the gate',
  OVERLOADED: 'The gate has too much to do',
  DEADLINE: 'The decision took too long',
  SOURCE_MALFORMED: 'The document is malformed',
  SOURCE_UNRECOGNISED: 'The document is of no known format',
  SOURCE_UNSUPPORTED: 'The document is of an unsupported version',
  SOURCE_UNUSABLE: 'The document cannot be judged',
  SOURCE_TOO_LARGE: 'The document is beyond a limit',
  LEDGER_UNAVAILABLE: 'The decision cannot be recorded',
  ENGINE_UNAVAILABLE: 'The policies cannot be evaluated',
  FLEET_UNKNOWN: 'There is no such thing in the fleet',
  FLEET_INVALID: 'What is asked for makes no sense',
  INVENTORY_REFUSED: 'The inventory is malformed',
  REPORT_UNKNOWN: 'There is no such report',
  REPORT_INVALID: 'A report of that cannot be made',
  REPORT_UNPROVEN: 'The report could not be proved',
  REPORT_TOO_LARGE: 'The report is larger than its format takes',
  SWEEP_BUSY: 'It is being swept already',
  SWEEP_UNKNOWN: 'There is no such sweep',
  SWEEP_STATE: 'The sweep is not in a state for that',
  REPAIR_UNKNOWN: 'There is no such plan, run or rule',
  REPAIR_STATE: 'The repair is not in a state for that',
  REPAIR_APPROVAL: 'Somebody must approve it first',
  REPAIR_CAPS: 'It would change more than its rules allow',
  REPAIR_WINDOW: 'Nothing is written at this time',
  REPAIR_WRITES_OFF: 'Writes are switched off',
  REPAIR_STALE: 'The plan is old',
  REPAIR_HELD: 'Another process is at it',
  REPAIR_STOPPING: 'The gate is stopping',
  REPAIR_UNRECORDED: 'The repair cannot be recorded',
  EXEMPTION_UNKNOWN: 'There is no such exemption',
  EXEMPTION_EXISTS: 'The id of the exemption is taken',
  EXEMPTION_INVALID: 'The exemption makes no sense',
  EXEMPTION_STATE: 'The exemption is not in a state for that',
  EXEMPTION_APPROVAL: 'Somebody else must approve it',
  REPLAY_CANDIDATE: 'The policies or rules cannot be put in force',
  REPLAY_BUSY: 'Another replay is under way',
  STORE_UNAVAILABLE: 'The state of the fleet cannot be read or written',
  CLOUD_UNAVAILABLE: 'A cloud, or another system, did not do what was asked',
  SWEEP_FENCED: 'Another process goes on with it',
  SWEEP_FIRED: 'That fire led to a run already',
  SWEEP_SCHEDULE: 'The schedule cannot be read',
};

const SOURCE_STATUS: Readonly<Record<SourceErrorCode, number>> = {
  SOURCE_MALFORMED: 400,
  SOURCE_UNRECOGNISED: 422,
  SOURCE_UNSUPPORTED: 422,
  SOURCE_UNUSABLE: 422,
  SOURCE_TOO_LARGE: 413,
};

const SWEEP_STATUS: Readonly<Record<SweepErrorCode, number>> = {
  SWEEP_BUSY: 409,
  SWEEP_FENCED: 409,
  SWEEP_UNKNOWN: 404,
  SWEEP_STATE: 409,
  SWEEP_FIRED: 409,
  SWEEP_SCHEDULE: 422,
};

const REPORT_STATUS: Readonly<Record<ReportErrorCode, number>> = {
  REPORT_UNKNOWN: 404,
  REPORT_INVALID: 422,
  REPORT_UNPROVEN: 503,
  REPORT_TOO_LARGE: 422,
};

const REPAIR_STATUS: Readonly<Record<RepairErrorCode, number>> = {
  REPAIR_UNKNOWN: 404,
  REPAIR_STATE: 409,
  REPAIR_APPROVAL: 403,
  REPAIR_CAPS: 422,
  REPAIR_WINDOW: 409,
  REPAIR_WRITES_OFF: 409,
  REPAIR_STALE: 409,
  REPAIR_HELD: 409,
  REPAIR_STOPPING: 503,
  REPAIR_UNRECORDED: 503,
};

const EXEMPTION_STATUS: Readonly<Record<ExemptionErrorCode, number>> = {
  EXEMPTION_UNKNOWN: 404,
  EXEMPTION_EXISTS: 409,
  EXEMPTION_INVALID: 422,
  EXEMPTION_STATE: 409,
  EXEMPTION_APPROVAL: 403,
};

const REPLAY_STATUS: Readonly<Record<ReplayErrorCode, number>> = {
  REPLAY_CANDIDATE: 422,
  REPLAY_BUSY: 503,
};

/** Every code that an answer may carry, with its title: the docs page explains them. */
export const PROBLEM_TITLES = TITLES;

/** What is answered in place of a result. */
export interface Refusal {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** True for what nobody foresaw: the log gets the error, the caller does not. */
  readonly unforeseen: boolean;
}

/** Anything that was thrown -> the answer. The only place where errors become statuses. Nothing thrown is an allow. */
export function toRefusal(error: unknown, requestId: string): Refusal {
  if (error instanceof HttpError)
    return refusal(error, error.code, error.status, requestId, error.headers);
  if (error instanceof SourceError)
    return refusal(error, error.code, SOURCE_STATUS[error.code], requestId);
  if (error instanceof GatewayError && error.code === 'IDEMPOTENCY_CONFLICT') {
    return refusal(error, error.code, 422, requestId);
  }
  if (error instanceof ReplayError) {
    const headers = error.code === 'REPLAY_BUSY' ? { 'retry-after': '60' } : {};
    return refusal(error, error.code, REPLAY_STATUS[error.code], requestId, headers);
  }
  const ofTheFleet = fleetRefusal(error, requestId);
  if (ofTheFleet !== undefined) return ofTheFleet;
  if (error instanceof LedgerError) {
    // The message names files and disks: that is for the operator's log.
    const shown = new HttpError(
      'INTERNAL',
      'The decision could not be made durable, so there is no answer.',
      {
        help: 'Try again: the request was not allowed and not denied. With an idempotency key it is recorded once.',
      },
    );
    return { ...refusal(shown, 'LEDGER_UNAVAILABLE', 503, requestId, RETRY), unforeseen: true };
  }
  if (error instanceof EngineError) {
    const shown = new HttpError(
      'INTERNAL',
      'The policies could not be evaluated, so there is no answer.',
    );
    return { ...refusal(shown, 'ENGINE_UNAVAILABLE', 503, requestId, RETRY), unforeseen: true };
  }
  const shown = new HttpError(
    'INTERNAL',
    'The request was not judged: something broke in the gate.',
    {
      help: 'The logs of the gate tell more; look for the request id.',
    },
  );
  return { ...refusal(shown, 'INTERNAL', 500, requestId), unforeseen: true };
}

function fleetRefusal(error: unknown, requestId: string): Refusal | undefined {
  if (error instanceof ReportError)
    return refusal(error, error.code, REPORT_STATUS[error.code], requestId);
  if (error instanceof FleetError)
    return refusal(error, error.code, error.code === 'FLEET_UNKNOWN' ? 404 : 422, requestId);
  if (error instanceof InventoryRefused)
    return withProblems(error, refusal(error, error.code, 422, requestId));
  if (error instanceof SweepError)
    return refusal(error, error.code, SWEEP_STATUS[error.code], requestId);
  if (error instanceof RepairError)
    return refusal(error, error.code, REPAIR_STATUS[error.code], requestId);
  if (error instanceof ExemptionError)
    return refusal(error, error.code, EXEMPTION_STATUS[error.code], requestId);
  if (error instanceof CloudError)
    return { ...refusal(error, 'CLOUD_UNAVAILABLE', 503, requestId, RETRY), unforeseen: true };
  if (error instanceof StoreError) {
    // The message names files and databases: that is for the operator's log.
    const shown = new HttpError(
      'INTERNAL',
      'What is kept of the fleet cannot be read or written.',
      {
        help: 'Try again.',
      },
    );
    return { ...refusal(shown, 'STORE_UNAVAILABLE', 503, requestId, RETRY), unforeseen: true };
  }
  return undefined;
}

function withProblems({ problems, more }: InventoryRefused, answer: Refusal): Refusal {
  return {
    ...answer,
    problem: {
      ...answer.problem,
      problems: problems.map(({ line, message: said }) => ({ line, message: PLAIN.text(said) })),
      more,
    },
  };
}

const RETRY = { 'retry-after': '1' };

function refusal(
  error: PortcullisError,
  code: string,
  status: number,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): Refusal {
  const { message, help, place } = error;
  return {
    headers,
    unforeseen: false,
    problem: {
      type: `/docs#${code}`,
      title: TITLES[code] ?? code,
      status,
      code,
      detail: PLAIN.text(message),
      ...(help === undefined ? {} : { help: PLAIN.text(help) }),
      ...(place === undefined ? {} : { place: cleanPlace(place) }),
      instance: requestId,
    },
  };
}

/** File names are the caller's, paths hold names of the document. */
function cleanPlace({ file, path, ...rest }: Place): Place {
  return {
    ...rest,
    ...(file === undefined ? {} : { file: PLAIN.text(file) }),
    ...(path === undefined ? {} : { path: PLAIN.text(path) }),
  };
}
