import { messageOf } from '../../kit/errors.ts';
import type { LedgerLog } from '../log.ts';

/** A head covers every record at the latest after so long, or so many more. */
const SIGN_EVERY_MS = 60_000;
const SIGN_EVERY_RECORDS = 1_000;

export interface SigningSchedule {
  /** Told of the size of the ledger after a commit. */
  readonly grown: (size: number) => void;
  /** Signs what is not signed yet, and ends. */
  readonly stop: () => Promise<void>;
}

/**
 * Signs by itself, also when nothing more comes. A head that cannot be signed holds no decision up: it is told, and tried
 * again.
 */
export function startSigning(
  log: Pick<LedgerLog, 'sign'>,
  signedSize: number,
  warn: (message: string, facts: Readonly<Record<string, unknown>>) => void,
  everyMs = SIGN_EVERY_MS,
): SigningSchedule {
  let [signed, size] = [signedSize, signedSize];
  let failing = false;
  let underWay: Promise<void> | undefined;
  const sign = (): Promise<void> => {
    const upTo = size;
    underWay ??= log
      .sign()
      .then(
        () => {
          signed = Math.max(signed, upTo);
          failing = false;
        },
        (error: unknown) => {
          failing = true;
          warn('the head of the ledger could not be signed', { error: messageOf(error) });
        },
      )
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };
  const timer = setInterval(() => void sign(), everyMs);
  timer.unref();
  return {
    grown: (now) => {
      size = Math.max(size, now);
      // What failed waits for its time: under load it would be tried with every commit.
      if (!failing && size - signed >= SIGN_EVERY_RECORDS) void sign();
    },
    stop: async () => {
      clearInterval(timer);
      await underWay;
      if (size > signed) await sign();
    },
  };
}
