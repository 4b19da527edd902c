import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { silenceNodeVersionWarning } from './clouds/sdk-warning.ts';
import { composeFleet } from './compose-fleet.ts';
import { compose, recordRefused } from './compose.ts';
import { configWarnings } from './config/checks.ts';
import { loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import type { Fleet } from './fleet/fleet.ts';
import type { Gateway } from './gateway.ts';
import { recordActivated } from './record-policies.ts';
import { secretsUnderWay } from './redact/under-way.ts';
import { createLog } from './http/log.ts';
import { createMetrics } from './http/metrics.ts';
import { startServer } from './http/server.ts';
import type { RunningServer } from './http/server.ts';
import { compact } from './kit/compact.ts';
import { messageOf, PortcullisError } from './kit/errors.ts';
import type { Log } from './http/log.ts';
import type { Scheduler } from './sweep/schedule.ts';
import { counted } from './report/counted.ts';
import { VERSION } from './version.ts';

const EXAMPLE = fileURLToPath(
  new URL('../fixtures/terraform-plan/web-shop/plan.json', import.meta.url),
);

/** Before anything else: last words may come at any time. */
const underWay = secretsUnderWay();

/** Environment -> configuration -> gateway -> server; until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  silenceNodeVersionWarning(process.env);
  const { config: file } = parseArgs({ options: { config: { type: 'string' } } }).values;
  const config = loadConfig({ ...compact({ file }), env: process.env, cwd: process.cwd() });
  const log = createLog(config.log, undefined, underWay);
  const metrics = createMetrics({ version: VERSION, node: process.version });
  const gateway = await compose(config, {
    record: true,
    remembers: true,
    warn: log.warn,
    onCommit: metrics.ledgerCommit,
    onExport: metrics.ledgerExport,
    underWay,
  }).catch(async (error: unknown) => {
    await recordRefused(config, error, log.warn);
    throw error;
  });
  // Before anything is decided by them.
  await recordActivated(gateway);
  const { fleet, reports, schedule } = await composeFleet(config, gateway, {
    env: process.env,
    warn: log.warn,
    besideDoor: true,
    told: metrics.fleetEvent,
  });
  const server = await startServer({
    gateway,
    fleet,
    reports,
    config,
    log,
    metrics,
    version: VERSION,
  });
  for (const warning of configWarnings(config)) log.warn(warning);
  const scheduler = schedule();
  announce(config, gateway, server);
  stopOnSignal({ server, scheduler, fleet, gateway, log });
}

interface Running {
  readonly server: RunningServer;
  readonly scheduler: Scheduler;
  readonly fleet: Fleet;
  readonly gateway: Gateway;
  readonly log: Log;
}

function stopOnSignal({ server, scheduler, fleet, gateway, log }: Running): void {
  let stoppedAt: number | undefined;
  const stop = (signal: string): void => {
    // Asked again, it waits no longer. npm passes Ctrl-C on to a process that had it already: that is not asking again.
    if (stoppedAt !== undefined && performance.now() - stoppedAt > 1000) process.exit(1);
    if (stoppedAt !== undefined) return;
    stoppedAt = performance.now();
    log.info('stopping', { signal });
    server
      .stop()
      .then(async () => await scheduler.stop())
      .then(async () => await fleet.close())
      .then(async () => await gateway.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** What whoever started it wants to know: as text for people, or as one line of JSON for programs. */
function announce(config: Config, gateway: Gateway, { url }: RunningServer): void {
  const [policies, rules] = [gateway.policies().policies.length, gateway.rules().rules.length];
  if (config.log.format === 'json') {
    process.stdout.write(
      `${JSON.stringify({ ready: true, url, data: config.data, policies, rules })}\n`,
    );
    return;
  }
  const open = config.auth.tokens.length === 0;
  process.stdout.write(
    [
      `Portcullis ${VERSION} is ready at ${url}`,
      `  data      ${config.data}`,
      `  policies  ${counted(policies, 'policy', 'policies')}, ${counted(rules, 'rule')}`,
      `  callers   ${open ? 'everyone on this machine: no tokens are configured' : counted(config.auth.tokens.length, 'token')}`,
      `  docs      ${url}/docs`,
      'Try it:',
      `  curl -sS ${open ? '' : "-H 'authorization: Bearer …' "}-H 'content-type: application/json' --data-binary @${example()} ${url}/v1/decisions`,
      '',
    ].join('\n'),
  );
}

function example(): string {
  if (!existsSync(EXAMPLE)) return 'plan.json';
  const relative = path.relative(process.cwd(), EXAMPLE);
  return relative.startsWith('..') ? EXAMPLE : relative;
}

/** What the operator can mend is told in words; what nobody foresaw with its stack. */
function fail(error: unknown): never {
  const text =
    error instanceof PortcullisError
      ? [error.message, error.help].filter(Boolean).join('\n')
      : stackOf(error);
  process.stderr.write(`Portcullis did not start, or stopped.\n${underWay.lastWords(text)}\n`);
  process.exit(1);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
}

// Past these nothing is known of the state: better to end, and be started again, than to answer from it.
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

try {
  await main();
} catch (error) {
  fail(error);
}
