import { CloudError } from '../errors.ts';
import type { CloudErrorCode } from '../errors.ts';
import type { CloudOutside } from '../adapter.ts';
import { TokenBucket } from './bucket.ts';
import type { Rate } from './bucket.ts';

/** What a call counts against: one bucket for each. */
export interface CallSite {
  /** The account, project, subscription or cluster. */
  readonly account: string;
  readonly region: string;
  readonly service: string;
  /** What is being asked, for messages: `SelectResourceConfig`. */
  readonly action: string;
}

/** What a thrown thing means: each adapter reads its SDK's errors, by status first. */
export interface Fault {
  readonly code: CloudErrorCode;
  readonly message: string;
  /** True when trying again is safe and may help. */
  readonly retry: boolean;
  /** What the cloud asks to wait. */
  readonly retryAfterMs?: number;
}

export interface CallerOptions {
  readonly outside: CloudOutside;
  readonly classify: (thrown: unknown, site: CallSite) => Fault;
  readonly rate: (service: string) => Rate;
  /** Of one attempt. */
  readonly attemptMs?: number;
  readonly attempts?: number;
  /** A longer Retry-After parks the call instead of holding a place. */
  readonly longestWaitMs?: number;
}

/** Calls a cloud, within its limits and ours. */
export interface Caller {
  /**
   * Waits for its turn, tries a few times, and gives up in words. Each attempt has a deadline of its own: SDKs have none.
   *
   * @param work gets a signal that ends with the attempt; it must pass it on to the SDK.
   * @param again false for what must not be tried twice, a write of which nobody knows whether it happened.
   * @throws CloudError
   */
  readonly call: <T>(
    site: CallSite,
    work: (signal: AbortSignal) => Promise<T>,
    options: { readonly signal: AbortSignal; readonly again?: boolean },
  ) => Promise<T>;
}

const ATTEMPT_MS = 10_000;
const ATTEMPTS = 3;
const LONGEST_WAIT_MS = 15_000;
const FIRST_PAUSE_MS = 500;
/** Retries that a bucket may spend: one for every five calls that went well, so that an outage is not made worse. */
const BUDGET = { most: 20, earned: 0.2 };

interface Account {
  readonly bucket: TokenBucket;
  budget: number;
}

/** One caller serves one adapter: its buckets are shared by all that the adapter asks. */
export function createCaller(options: CallerOptions): Caller {
  const accounts = new Map<string, Account>();
  const accountOf = (site: CallSite): Account => {
    const key = `${site.account} ${site.region} ${site.service}`;
    const known = accounts.get(key) ?? {
      bucket: new TokenBucket(options.rate(site.service), now(options)),
      budget: BUDGET.most,
    };
    accounts.set(key, known);
    return known;
  };
  return {
    call: (site, work, { signal, again = true }) =>
      attempt(options, accountOf(site), site, work, { signal, again, tried: 1 }),
  };
}

interface Try {
  readonly signal: AbortSignal;
  readonly again: boolean;
  readonly tried: number;
}

async function attempt<T>(
  options: CallerOptions,
  account: Account,
  site: CallSite,
  work: (signal: AbortSignal) => Promise<T>,
  { signal, again, tried }: Try,
): Promise<T> {
  await pause(options, account.bucket.take(now(options)), signal);
  try {
    const result = await within(work, options.attemptMs ?? ATTEMPT_MS, signal);
    account.budget = Math.min(BUDGET.most, account.budget + BUDGET.earned);
    return result;
  } catch (thrown) {
    if (signal.aborted) throw stopped(signal);
    const fault = faultOf(options, thrown, site);
    if (fault.code === 'CLOUD_THROTTLED') account.bucket.throttled(now(options));
    const wait = waitFor(options, fault, tried);
    // A write that was not refused as too many may have happened: parked, it would count as one that did not.
    if (again || fault.code === 'CLOUD_THROTTLED') refuseLongWait(options, fault, site, wait);
    if (!fault.retry || !again || tried >= (options.attempts ?? ATTEMPTS) || account.budget < 1)
      throw giveUp(fault, thrown);
    account.budget -= 1;
    await pause(options, wait, signal);
    return await attempt(options, account, site, work, { signal, again, tried: tried + 1 });
  }
}

/** Ends with the deadline even when the SDK does not listen to the signal. */
async function within<T>(
  work: (signal: AbortSignal) => Promise<T>,
  milliseconds: number,
  outer: AbortSignal,
): Promise<T> {
  const deadline = AbortSignal.timeout(milliseconds);
  const signal = AbortSignal.any([outer, deadline]);
  let stop: (() => void) | undefined;
  if (outer.aborted) throw stopped(outer);
  const late = new Promise<never>((_, reject) => {
    stop = () => reject(outer.aborted ? stopped(outer) : tooLate(milliseconds));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(signal), late]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}

function faultOf({ classify }: CallerOptions, thrown: unknown, site: CallSite): Fault {
  if (thrown instanceof CloudError)
    return {
      code: thrown.code,
      message: thrown.message,
      retry: thrown.code === 'CLOUD_UNAVAILABLE' || thrown.code === 'CLOUD_THROTTLED',
    };
  return classify(thrown, site);
}

/** What an adapter threw itself may say what to do about it. */
function giveUp({ code, message }: Fault, thrown: unknown): CloudError {
  const help = thrown instanceof CloudError ? thrown.help : undefined;
  return new CloudError(code, message, {
    cause: thrown,
    ...(help === undefined ? {} : { help }),
  });
}

function waitFor(options: CallerOptions, { retryAfterMs }: Fault, tried: number): number {
  if (retryAfterMs !== undefined) return retryAfterMs;
  // Full jitter: callers that failed together must not come back together.
  return Math.ceil(FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + options.outside.random() / 2));
}

function refuseLongWait(options: CallerOptions, fault: Fault, site: CallSite, wait: number): void {
  if (fault.retryAfterMs === undefined || wait <= (options.longestWaitMs ?? LONGEST_WAIT_MS))
    return;
  const retryAt = new Date(now(options) + wait).toISOString();
  throw new CloudError(
    'CLOUD_PARKED',
    `${site.service} asks to come back at ${retryAt} (${site.action}, ${site.account})`,
    { retryAt },
  );
}

async function pause(
  { outside }: CallerOptions,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) throw stopped(signal);
  if (milliseconds <= 0) return;
  try {
    await outside.sleep(milliseconds, signal);
  } catch {
    // A wait ends early for one reason alone.
    throw stopped(signal);
  }
}

function tooLate(milliseconds: number): CloudError {
  return new CloudError('CLOUD_UNAVAILABLE', `there was no answer within ${milliseconds} ms`);
}

function stopped(signal: AbortSignal): CloudError {
  return new CloudError('CLOUD_STOPPED', 'the call was given up', { cause: signal.reason });
}

function now({ outside }: CallerOptions): number {
  return outside.clock().getTime();
}
