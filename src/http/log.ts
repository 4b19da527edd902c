import { pino } from 'pino';

import type { Config } from '../config/schema.ts';
import type { Log } from '../kit/log.ts';

const STDERR = 2;

/**
 * JSON lines on stderr, written before the call returns: the last words before a crash are the ones that matter.
 * Fields come in by name; the few names that could ever hold a secret are struck out whoever puts them in.
 */
export function createLog(
  { level }: Config['log'],
  destination = pino.destination({ dest: STDERR, sync: true }),
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
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
  };
}
