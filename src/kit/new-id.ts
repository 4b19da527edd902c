import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/** The library asks for a byte at a time, sixteen an id; the system is asked for many at once. */
const POOL_BYTES = 4096;

/**
 * Makes ids that sort by the time they are made at: ULIDs, of one millisecond in the order of their making.
 *
 * @throws ULIDError for a time before 1970 or after 10889.
 */
export function newIds(): (time: Date) => string {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  const fraction = (): number => {
    if (used === POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    return (pool[used++] ?? 0) / 256;
  };
  const ulid = monotonicFactory(fraction);
  return (time) => ulid(time.getTime());
}
