import type { Reports } from '../audit-report/reports.ts';
import type { Config } from '../config/schema.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Gateway } from '../gateway.ts';
import type { Log } from './log.ts';
import { authenticator } from './auth.ts';
import type { Authenticate } from './auth.ts';
import type { Metrics } from './metrics.ts';
import { budget, turnstile } from './turnstile.ts';
import type { Budget, Turnstile } from './turnstile.ts';

/** What every handler works with. */
export interface Door {
  readonly gateway: Gateway;
  readonly fleet: Fleet;
  readonly reports: Reports;
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly authenticate: Authenticate;
  readonly turnstile: Turnstile;
  readonly bodies: Budget;
  /** True once the service was told to stop. */
  readonly draining: () => boolean;
}

export function createDoor(
  given: Pick<Door, 'gateway' | 'fleet' | 'reports' | 'config' | 'log' | 'metrics' | 'draining'>,
): Door {
  const { server, auth } = given.config;
  const door: Door = {
    ...given,
    authenticate: authenticator(auth),
    turnstile: turnstile(server.maxConcurrent, server.queue),
    bodies: budget(server.limits.buffered),
  };
  door.metrics.watch(door.turnstile, door.bodies);
  return door;
}
