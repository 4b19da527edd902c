import { isRestError } from '@azure/core-rest-pipeline';
import type { RestError } from '@azure/core-rest-pipeline';

import type { CallSite, Fault } from '../calls/caller.ts';
import type { CloudErrorCode } from '../errors.ts';
import { ArmErrorBody } from './schema.ts';

/** Errors of @azure/identity, by name: its classes come in several copies. */
const CREDENTIAL_ERRORS: ReadonlySet<string> = new Set([
  'AuthenticationError',
  'AuthenticationRequiredError',
  'AggregateAuthenticationError',
  'CredentialUnavailableError',
]);
/** What TLS says of a server that nobody vouches for. */
const DISTRUST = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;
const LONGEST_TEXT = 300;

/** What Azure itself called an error: `AuthorizationFailed`; empty where it did not say. */
export function armCode(thrown: unknown): string {
  const error = bodyOf(thrown);
  return error?.details?.find(({ code }) => code !== undefined)?.code ?? error?.code ?? '';
}

/** Reads what was thrown: the status first, since bodies are those of whoever answered. */
export function classify(thrown: unknown, site: CallSite, now: Date): Fault {
  const what = `${site.action} of ${site.account}`;
  if (!isRestError(thrown)) return withoutAnswer(thrown, what);
  const { statusCode } = thrown;
  if (statusCode === undefined) return unreachable(thrown, what);
  const said = told(thrown);
  const wait = retryAfterMs(thrown, now);
  return {
    ...meaning(statusCode, armCode(thrown)),
    message: `Azure answered ${statusCode} to ${what}${said}`,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
}

function meaning(status: number, code: string): { code: CloudErrorCode; retry: boolean } {
  // Resource Graph answers 400 where none of the subscriptions can be seen.
  if (code === 'NoValidSubscriptionsInQueryRequest') return { code: 'CLOUD_DENIED', retry: false };
  if (status === 401) return { code: 'CLOUD_CREDENTIALS', retry: false };
  if (status === 403) return { code: 'CLOUD_DENIED', retry: false };
  if (status === 404 || status === 410) return { code: 'CLOUD_MISSING', retry: false };
  if (status === 429) return { code: 'CLOUD_THROTTLED', retry: true };
  if (status === 408 || status >= 500) return { code: 'CLOUD_UNAVAILABLE', retry: true };
  if (status >= 400) return { code: 'CLOUD_INVALID', retry: false };
  // A body that cannot be read under a good status: a proxy's page, half an answer.
  return { code: 'CLOUD_UNAVAILABLE', retry: status < 300 };
}

function unreachable(thrown: RestError, what: string): Fault {
  if (DISTRUST.test(thrown.code ?? ''))
    return {
      code: 'CLOUD_SETTINGS',
      message: `nobody vouches for the certificate of the endpoint (${thrown.code ?? ''}); set \`ca\` to who does`,
      retry: false,
    };
  return {
    code: 'CLOUD_UNAVAILABLE',
    message: `Azure could not be reached for ${what} (${thrown.code ?? thrown.name})`,
    retry: true,
  };
}

/** The texts of credential errors are left out: they quote what a token service answered. */
function withoutAnswer(thrown: unknown, what: string): Fault {
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  if (CREDENTIAL_ERRORS.has(name))
    return {
      code: 'CLOUD_CREDENTIALS',
      message: `there is no token for Azure (${name}) for ${what}`,
      retry: false,
    };
  if (name === 'AbortError')
    return { code: 'CLOUD_UNAVAILABLE', message: `${what} was cut off`, retry: true };
  return { code: 'CLOUD_PROTOCOL', message: `${what} failed (${name})`, retry: false };
}

function told(thrown: RestError): string {
  const error = bodyOf(thrown);
  if (error === undefined) return '';
  const text = [error.code, error.message].filter((part) => part !== undefined).join(': ');
  return `: ${text.slice(0, LONGEST_TEXT)}`;
}

function bodyOf(thrown: unknown): ArmErrorBody['error'] | undefined {
  if (!isRestError(thrown)) return undefined;
  try {
    const body = ArmErrorBody.safeParse(JSON.parse(thrown.response?.bodyAsText ?? ''));
    return body.success ? body.data.error : undefined;
  } catch {
    return undefined;
  }
}

/** Retry-After in seconds or as a date, and the two headers in milliseconds that Azure has beside it. */
export function retryAfterMs({ response }: RestError, now: Date): number | undefined {
  const exact =
    response?.headers.get('retry-after-ms') ?? response?.headers.get('x-ms-retry-after-ms');
  if (exact !== undefined && /^\d+$/.test(exact)) return Number(exact);
  const header = response?.headers.get('retry-after');
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
