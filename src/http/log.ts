import { pino } from 'pino';
import type { DestinationStream } from 'pino';

import type { Config } from '../config/schema.ts';
import { isRecord } from '../kit/record.ts';
import { PLAIN } from '../redact/redactor.ts';
import type { Redactor } from '../redact/redactor.ts';

/** What a log line carries besides its message: plain values, none of them secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where the rooms at the rim write what an operator needs to know. Messages are static, facts go in fields, so that
 * lines can be counted and text from outside cannot forge one.
 */
export interface Log {
  readonly debug: (message: string, fields?: LogFields) => void;
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly error: (message: string, fields?: LogFields) => void;
}

const STDERR = 2;

/**
 * JSON lines on stderr, written before the call returns: the last words before a crash are the ones that matter.
 * Fields come in by name; the few names that could ever hold a secret are struck out whoever puts them in, and texts are
 * redacted: an error may quote what it choked on.
 *
 * @param redactor also knows the values under way, where there are any.
 */
export function createLog(
  { level }: Config['log'],
  destination: DestinationStream = pino.destination({ dest: STDERR, sync: true }),
  redactor: Redactor = PLAIN,
): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: [
          'authorization',
          '*.authorization',
          'token',
          '*.token',
          'cookie',
          '*.cookie',
          'sha256',
          '*.sha256',
        ],
        censor: '(secret)',
      },
    },
    destination,
  );
  const clean = (fields: LogFields): object => {
    const cleaned = redactor.json(fields);
    return isRecord(cleaned) ? cleaned : {};
  };
  return {
    debug: (message, fields = {}) => logger.debug(clean(fields), message),
    info: (message, fields = {}) => logger.info(clean(fields), message),
    warn: (message, fields = {}) => logger.warn(clean(fields), message),
    error: (message, fields = {}) => logger.error(clean(fields), message),
  };
}
