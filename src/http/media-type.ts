import { HttpError } from './errors.ts';

/** The type of an envelope: the document with everything else that can be said of it, in one JSON object. */
export const ENVELOPE_TYPE = 'application/vnd.portcullis.request+json';

const DOCUMENT_TYPES = new Set([
  'application/json',
  'application/yaml',
  'application/x-yaml',
  'text/yaml',
  'text/x-yaml',
  'application/octet-stream',
]);

/**
 * What a body is by its Content-Type. The type only says that the sender meant to send a document: its format is
 * recognised from the document itself.
 *
 * @throws HttpError MEDIA_TYPE_UNSUPPORTED for no type, an odd one, or a character set other than UTF-8.
 */
export function bodyKind(contentType: string | undefined): 'document' | 'envelope' {
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  for (const parameter of parameters) requireUtf8(parameter);
  if (type === ENVELOPE_TYPE) return 'envelope';
  if (DOCUMENT_TYPES.has(type) || /^application\/[a-z0-9.+-]+\+(json|yaml)$/.test(type))
    return 'document';
  throw unsupported(
    type === ''
      ? 'The request says no Content-Type.'
      : 'The Content-Type is none that is understood here.',
  );
}

/** @throws HttpError MEDIA_TYPE_UNSUPPORTED for anything that is not JSON in UTF-8. */
export function requireJson(contentType: string | undefined): void {
  requireType(contentType, ['application/json']);
}

/** Nobody registered a type for lines of JSON; these are in use. @throws HttpError MEDIA_TYPE_UNSUPPORTED */
export function requireJsonLines(contentType: string | undefined): void {
  requireType(contentType, [
    'application/x-ndjson',
    'application/ndjson',
    'application/jsonl',
    'application/x-jsonlines',
    'application/octet-stream',
  ]);
}

function requireType(contentType: string | undefined, accepted: readonly string[]): void {
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  for (const parameter of parameters) requireUtf8(parameter);
  if (accepted.includes(type)) return;
  throw new HttpError(
    'MEDIA_TYPE_UNSUPPORTED',
    `The body of this address is ${accepted[0] ?? 'JSON'}.`,
    { headers: { accept: accepted.join(', ') } },
  );
}

/** @throws HttpError MEDIA_TYPE_UNSUPPORTED for bytes in UTF-16 or UTF-32, whatever the header says. */
export function refuseWideText(bytes: Uint8Array): void {
  const [a, b] = bytes;
  const mark = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  const zero = bytes.length > 1 && (a === 0 || b === 0);
  if (mark || zero) throw unsupported('The body is in UTF-16 or UTF-32.');
}

function requireUtf8(parameter: string): void {
  const charset = /^charset=["']?([^"']*)["']?$/.exec(parameter)?.[1];
  if (charset === undefined || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii')
    return;
  throw unsupported('The body is said to be in a character set other than UTF-8.');
}

function unsupported(message: string): HttpError {
  return new HttpError('MEDIA_TYPE_UNSUPPORTED', message, {
    help: `Send UTF-8 as application/json, application/yaml or application/octet-stream (any document), or as ${ENVELOPE_TYPE}. With curl: -H 'content-type: application/json' --data-binary @plan.json`,
    headers: {
      accept: `application/json, application/yaml, application/octet-stream, ${ENVELOPE_TYPE}`,
    },
  });
}
