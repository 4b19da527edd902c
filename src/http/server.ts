import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

import type { Reports } from '../audit-report/reports.ts';
import type { Config } from '../config/schema.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Gateway } from '../gateway.ts';
import type { Log } from './log.ts';
import { describe, refuse, watchExchange } from './access.ts';
import { admissionHandler } from './admission-door.ts';
import { createApp } from './app.ts';
import { decideHandler } from './decide.ts';
import { createDoor } from './door.ts';
import type { Door } from './door.ts';
import { HttpError } from './errors.ts';
import { openExchange } from './exchange.ts';
import type { Exchange, Handler } from './exchange.ts';
import { exportHandler } from './fleet/export.ts';
import { ledgerHandlers } from './ledger/handlers.ts';
import type { Metrics } from './metrics.ts';
import type { OperationId } from './operations.ts';
import { live, ready } from './read.ts';
import type { Read } from './read.ts';
import { evidenceHandler, reportHandler } from './reports/handlers.ts';
import { reply } from './reply.ts';
import { matchOperation } from './router.ts';

/** A server that takes requests. */
export interface RunningServer {
  /** `http://127.0.0.1:8181`, with the port that it really has. */
  readonly url: string;
  /**
   * Not ready from now on; requests under way finish, within the configured time. The gateway stays open: it belongs
   * to whoever made it.
   */
  readonly stop: () => Promise<void>;
}

export interface ServerParts {
  readonly gateway: Gateway;
  readonly fleet: Fleet;
  readonly reports: Reports;
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly version: string;
}

/** Listens as configured. @throws Error when the address cannot be had, or the TLS files do not fit together. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  let draining = false;
  const door = createDoor({ ...parts, draining: () => draining });
  const server = createHttpServer(parts.config, createListener(door, parts.version));
  await listen(server, parts.config);
  return {
    url: urlOf(server, parts.config),
    stop: async () => {
      draining = true;
      await drain(server, parts.config);
    },
  };
}

function createListener(
  door: Door,
  version: string,
): (request: IncomingMessage, response: ServerResponse) => void {
  const hot = hotDoors(door);
  const underWay = new WeakMap<IncomingMessage, Exchange>();
  const app = createApp(door, version, {
    exchangeOf: (request) => {
      const exchange = underWay.get(request);
      if (exchange === undefined)
        throw new Error('a request came to the application past the door');
      return exchange;
    },
    refuse: async (exchange, error) => await refuse(door, exchange, error),
  });
  const answer = async (exchange: Exchange): Promise<void> => {
    const { request, response, url, malformed } = exchange;
    watchExchange(door, exchange);
    try {
      if (door.draining()) response.setHeader('connection', 'close');
      if (malformed !== undefined) throw malformed;
      refuseOtherExpectations(request);
      const match = matchOperation(request.method, url.pathname);
      if (match !== undefined) exchange.route = match.operation.path;
      const handler = match && hot.get(match.id);
      if (handler !== undefined) await handler(exchange, match?.parameters ?? {});
      else app(request, response);
    } catch (error) {
      await refuse(door, exchange, error);
    }
  };
  return (request, response) => {
    const exchange = openExchange(request, response, performance.now());
    underWay.set(request, exchange);
    answer(exchange).catch((error: unknown) => {
      door.log.error('an answer could not be sent', {
        requestId: exchange.requestId,
        error: describe(error),
      });
      response.destroy();
    });
  };
}

function hotDoors(door: Door): ReadonlyMap<OperationId, Handler> {
  const text =
    (read: Read): Handler =>
    async (exchange, parameters) => {
      await reply(exchange.request, exchange.response, await read(exchange, parameters, NOBODY));
    };
  return new Map<OperationId, Handler>([
    ['decide', decideHandler(door)],
    ['validate', admissionHandler(door)],
    ['validateCluster', admissionHandler(door)],
    ['exportFindings', exportHandler(door)],
    ['report', reportHandler(door)],
    ['reportEvidence', evidenceHandler(door)],
    ...ledgerHandlers(door),
    ['live', text(live())],
    ['ready', text(ready(door))],
  ]);
}

const NOBODY = { actor: 'anonymous' };

function refuseOtherExpectations({ headers: { expect } }: IncomingMessage): void {
  if (expect === undefined || expect.toLowerCase() === '100-continue') return;
  throw new HttpError(
    'EXPECTATION_FAILED',
    'The only expectation that is understood is 100-continue.',
  );
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** A connection beyond these is closed at once; each one costs a descriptor and buffers. */
const MOST_CONNECTIONS = 4096;

function createHttpServer({ server: settings }: Config, listener: Listener): Server {
  const options = {
    headersTimeout: settings.headersTimeout,
    requestTimeout: Math.max(settings.requestTimeout, settings.headersTimeout),
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(1000, settings.headersTimeout),
  };
  const { tls } = settings;
  const server =
    tls === undefined
      ? http.createServer(options, listener)
      : https.createServer(
          {
            ...options,
            minVersion: 'TLSv1.2',
            cert: readFileSync(tls.cert),
            key: readFileSync(tls.key),
          },
          listener,
        );
  server.maxConnections = MOST_CONNECTIONS;
  // The body is asked for when the head was found good, and not by Node on its own.
  server.on('checkContinue', listener);
  server.on('checkExpectation', listener);
  return server;
}

/** Longer than the idle time of common load balancers (60 s), so that they do not send into a closed connection. */
const KEEP_ALIVE_MS = 65_000;

async function listen(server: Server, { server: { host, port } }: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(server: Server, { server: { host, tls } }: Config): string {
  const address: AddressInfo | string | null = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  return `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Stops taking connections, lets what is under way finish, and closes what is left after the configured time. */
async function drain(server: Server, { server: settings }: Config): Promise<void> {
  if (settings.drainDelay > 0)
    await new Promise((resolve) => setTimeout(resolve, settings.drainDelay));
  await new Promise<void>((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), settings.drain);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
