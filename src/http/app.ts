import type { IncomingMessage } from 'node:http';
import express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { oas31 } from 'zod-openapi';

import { DOCS_POLICY, docsPage } from './docs.ts';
import type { Door } from './door.ts';
import { HttpError } from './errors.ts';
import { admit } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { openApiDocument } from './openapi.ts';
import { OPERATIONS } from './operations.ts';
import type { Operation } from './operation.ts';
import { exemptionReads } from './exemptions/handlers.ts';
import { fleetReads } from './fleet/handlers.ts';
import { askImpact } from './impact.ts';
import {
  findDecision,
  listDecisions,
  listEvents,
  listPolicies,
  listRules,
  metricsText,
} from './read.ts';
import type { Read } from './read.ts';
import { jsonReply, reply } from './reply.ts';

/** What the application needs to know of a request that is under way. */
export interface AppContext {
  readonly exchangeOf: (request: IncomingMessage) => Exchange;
  /** Answers a request that failed. */
  readonly refuse: (exchange: Exchange, error: unknown) => Promise<void>;
}

/** The Express application behind the hot doors. */
export function createApp(
  door: Door,
  version: string,
  { exchangeOf, refuse }: AppContext,
): Express {
  const app = express();
  // Forwarding headers are believed by nobody here, and a query is read by URLSearchParams alone.
  app
    .set('trust proxy', false)
    .set('query parser', false)
    .set('etag', false)
    .disable('x-powered-by')
    .enable('case sensitive routing')
    .enable('strict routing');
  app.use(helmet({ contentSecurityPolicy: false }));
  for (const { operation, read } of reads(door, openApiDocument(version))) {
    const { method, path, role }: Operation = operation;
    app[method](path.replace(/\{(\w+)\}/g, ':$1'), async (request, response) => {
      const exchange = exchangeOf(request);
      const caller = role === undefined ? undefined : admit(exchange, door.authenticate, role);
      const asker = { actor: caller?.name ?? 'anonymous' };
      await reply(request, response, await read(exchange, textParameters(request), asker));
    });
  }
  app.get('/', (_, response) => response.redirect(307, '/docs'));
  app.use(() => {
    throw new HttpError('NOT_FOUND', 'There is nothing at this address.', {
      help: 'The addresses there are stand in /docs.',
    });
  });
  app.use(async (error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    else await refuse(exchangeOf(request), error);
  });
  return app;
}

interface Reading {
  readonly operation: Operation;
  readonly read: Read;
}

function reads(door: Door, document: oas31.OpenAPIObject): Reading[] {
  const openapi = jsonReply(200, document);
  const docs = {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: docsPage(document),
    headers: { 'content-security-policy': DOCS_POLICY },
  };
  const table = new Map(Object.entries<Operation>(OPERATIONS));
  const all = { ...fleetReads(door), ...exemptionReads(door) };
  const fleet = Object.entries<Read>(all).flatMap(([id, read]) => {
    const operation = table.get(id);
    return operation === undefined ? [] : [{ operation, read }];
  });
  return [
    ...fleet,
    { operation: OPERATIONS.listEvents, read: listEvents(door) },
    { operation: OPERATIONS.impact, read: askImpact(door) },
    { operation: OPERATIONS.listDecisions, read: listDecisions(door) },
    { operation: OPERATIONS.findDecision, read: findDecision(door) },
    { operation: OPERATIONS.policies, read: listPolicies(door) },
    { operation: OPERATIONS.rules, read: listRules(door) },
    { operation: OPERATIONS.metrics, read: metricsText(door) },
    { operation: OPERATIONS.openapi, read: () => openapi },
    { operation: OPERATIONS.docs, read: () => docs },
  ];
}

/** Express gives lists for wildcards, and there are none in our paths. */
function textParameters({ params }: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
