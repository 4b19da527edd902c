import { createServer, request as forwardTo } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

import { z } from 'zod';

/** A service whose tags are written. */
export type Service = 'ec2' | 's3' | 'rds' | 'sns';

/** A call on its way to moto. */
export interface Call {
  /** How errors are told to whoever made it. */
  readonly protocol: 'json' | 'ec2' | 's3' | 'query';
  /** Whose resources it writes. */
  readonly services: readonly Service[];
  /** Of TagResources alone: a part of them can fail. */
  readonly arns: readonly string[];
  readonly names: (arn: string) => boolean;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What becomes of a call that writes. */
export type Fate =
  | { readonly fate: 'forwarded' }
  | { readonly fate: 'answered'; readonly answer: Answer }
  /** Those ARNs fail inside of an answer that says 200; the others are written. */
  | { readonly fate: 'partly'; readonly failed: readonly string[]; readonly code: string }
  | { readonly fate: 'hung' }
  /** It is carried out, and whoever asked never hears of it. */
  | { readonly fate: 'unheard' };

export type Weather = (call: Call) => Fate | Promise<Fate>;

export interface Proxy {
  readonly url: string;
  /** How often something was asked to be written. */
  readonly writes: () => number;
  readonly close: () => Promise<void>;
}

/** Stands before moto and breaks what writes, as a script says. What only reads passes. */
export async function startProxy(moto: string, weather: Weather): Promise<Proxy> {
  let writes = 0;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const call = writingCall(request, body);
    if (call === undefined) {
      pass(response, await ask(moto, request, body));
      return;
    }
    writes += 1;
    await meet(await weather(call), { moto, request, body, response });
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    writes: () => writes,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Passing {
  readonly moto: string;
  readonly request: IncomingMessage;
  readonly body: string;
  readonly response: ServerResponse;
}

async function meet(fate: Fate, passing: Passing): Promise<void> {
  const { moto, request, body, response } = passing;
  if (fate.fate === 'hung') return;
  if (fate.fate === 'unheard') {
    await ask(moto, request, body);
    request.socket.resetAndDestroy();
    return;
  }
  pass(response, await heardOf(fate, passing));
}

async function heardOf(
  fate: Extract<Fate, { fate: 'forwarded' | 'answered' | 'partly' }>,
  { moto, request, body }: Passing,
): Promise<Heard> {
  switch (fate.fate) {
    case 'forwarded':
      return await ask(moto, request, body);
    case 'answered':
      return answered(fate.answer);
    case 'partly':
      return await askForSome(fate, moto, request, body);
  }
}

interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function answered({ status, type, body }: Answer): Heard {
  return { status, headers: { 'content-type': type }, body: Buffer.from(body) };
}

function pass(response: ServerResponse, { status, headers, body }: Heard): void {
  const { 'transfer-encoding': _, connection: __, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': body.length });
  response.end(body);
}

async function ask(moto: string, request: IncomingMessage, body: string): Promise<Heard> {
  const { method = 'GET', headers, url = '/' } = request;
  return await new Promise((resolve, reject) => {
    const length = Buffer.byteLength(body);
    // Bodies arrive whole here, whatever way they came.
    const { 'transfer-encoding': _, ...kept } = headers;
    const sent = { ...kept, ...(length > 0 ? { 'content-length': length } : {}) };
    const asking = forwardTo(new URL(url, moto), { method, headers: sent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 502,
          headers: answer.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

const TagResources = z.looseObject({ ResourceARNList: z.array(z.string()) });
const Tagged = z.looseObject({ FailedResourcesMap: z.record(z.string(), z.unknown()).optional() });

async function askForSome(
  { failed, code }: Extract<Fate, { fate: 'partly' }>,
  moto: string,
  request: IncomingMessage,
  body: string,
): Promise<Heard> {
  const input = TagResources.parse(JSON.parse(body));
  const rest = input.ResourceARNList.filter((arn) => !failed.includes(arn));
  const heard =
    rest.length === 0
      ? answered({ status: 200, type: 'application/x-amz-json-1.1', body: '{}' })
      : await ask(moto, request, JSON.stringify({ ...input, ResourceARNList: rest }));
  const { FailedResourcesMap = {} } = Tagged.parse(JSON.parse(heard.body.toString('utf8')));
  const failure = { StatusCode: 400, ErrorCode: code, ErrorMessage: 'The service refused.' };
  const map = { ...FailedResourcesMap, ...Object.fromEntries(failed.map((arn) => [arn, failure])) };
  return { ...heard, body: Buffer.from(JSON.stringify({ FailedResourcesMap: map })) };
}

/** The call as far as the weather needs to know it; undefined for one that writes no tags. */
function writingCall(request: IncomingMessage, body: string): Call | undefined {
  const { method, headers, url = '/' } = request;
  const operation =
    String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  if (operation === 'TagResources') return callOfTagging(body);
  const named = (text: string) => (arn: string) => text.includes(lastPart(arn));
  const action = new URLSearchParams(body).get('Action');
  if (action === 'CreateTags')
    return { protocol: 'ec2', services: ['ec2'], arns: [], names: named(body) };
  if (action === 'TagResource')
    return { protocol: 'query', services: ['sns'], arns: [], names: named(body) };
  const onBucket = method === 'PUT' && new URL(url, 'http://s3').searchParams.has('tagging');
  return onBucket ? { protocol: 's3', services: ['s3'], arns: [], names: named(url) } : undefined;
}

const SERVICES = ['ec2', 's3', 'rds', 'sns'] as const satisfies readonly Service[];

function callOfTagging(body: string): Call {
  const { ResourceARNList: arns } = TagResources.parse(JSON.parse(body));
  return {
    protocol: 'json',
    services: SERVICES.filter((service) => arns.some((arn) => serviceOf(arn) === service)),
    arns,
    names: (arn) => arns.includes(arn),
  };
}

export function serviceOf(arn: string): string | undefined {
  return arn.split(':')[2];
}

/** What the services' own APIs call it: an id or a name. */
function lastPart(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
