import { HttpError } from './errors.ts';

/** Lets so many in at a time, lets so many wait, and turns the rest away at once. */
export interface Turnstile {
  /** A place inside or in the queue; given back by calling it. @throws HttpError OVERLOADED */
  readonly arrive: () => () => void;
  /** Runs the work when its turn comes. @throws HttpError OVERLOADED when it does not come within `waitMs`. */
  readonly pass: <T>(work: () => Promise<T>, waitMs: number) => Promise<T>;
  readonly running: () => number;
  readonly waiting: () => number;
}

/**
 * @param concurrent how much work runs at one time.
 * @param queue how many more may be there: sending their body, or waiting for their turn.
 */
export function turnstile(concurrent: number, queue: number): Turnstile {
  let inside = 0;
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  };
  return {
    arrive: () => {
      if (inside >= concurrent + queue) throw overloaded();
      inside++;
      return once(() => inside--);
    },
    pass: async (work, waitMs) => {
      if (running < concurrent) running++;
      else await turn(waiting, waitMs);
      try {
        return await work();
      } finally {
        leave();
      }
    },
    running: () => running,
    waiting: () => waiting.length,
  };
}

/** Waits in line; whoever leaves hands its place on, so that nobody slips in between. */
async function turn(waiting: (() => void)[], waitMs: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const enter = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(enter), 1);
      reject(overloaded());
    }, waitMs);
    waiting.push(enter);
  });
}

/** Bytes of request bodies that may be held at one time. */
export interface Budget {
  /** Takes so many bytes. @throws HttpError OVERLOADED when they are not there. */
  readonly take: (bytes: number) => void;
  readonly give: (bytes: number) => void;
  readonly used: () => number;
}

export function budget(most: number): Budget {
  let used = 0;
  return {
    take: (bytes) => {
      if (used + bytes > most) throw overloaded();
      used += bytes;
    },
    give: (bytes) => {
      used -= bytes;
    },
    used: () => used,
  };
}

function overloaded(): HttpError {
  return new HttpError(
    'OVERLOADED',
    'The gate has more requests than it may hold; this one was not judged.',
    {
      help: 'Try again in a second.',
      headers: { 'retry-after': '1' },
    },
  );
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
