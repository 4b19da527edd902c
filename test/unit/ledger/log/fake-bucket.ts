import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** An object storage over a socket, as much of S3 as an export sees: one bucket `evidence`, conditions, and errors in XML. */
export interface FakeBucket {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  /** Keys in the order in which they were written, and read. */
  readonly puts: string[];
  readonly gets: string[];
  /** Asked before each write: a code to refuse it with. */
  refuse: (key: string) => { status: number; code: string } | undefined;
  readonly close: () => Promise<void>;
}

export async function fakeBucket(): Promise<FakeBucket> {
  const objects = new Map<string, Buffer>();
  const [puts, gets]: [string[], string[]] = [[], []];
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const bucket: FakeBucket = {
    endpoint: `http://127.0.0.1:${address.port}`,
    objects,
    puts,
    gets,
    refuse: () => undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return bucket;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', bucket.endpoint);
    const [, name, ...rest] = pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    const body = await bodyOf(request);
    if (name !== 'evidence') fail(response, 404, 'NoSuchBucket');
    else if (request.method === 'GET') get(response, key);
    else if (request.method === 'PUT') put(request, response, key, body);
    else fail(response, 405, 'MethodNotAllowed');
  }

  function get(response: ServerResponse, key: string): void {
    gets.push(key);
    const found = objects.get(key);
    if (found === undefined) fail(response, 404, 'NoSuchKey');
    else response.writeHead(200, { 'content-length': found.length }).end(found);
  }

  function put(
    request: IncomingMessage,
    response: ServerResponse,
    key: string,
    body: Buffer,
  ): void {
    const refused = bucket.refuse(key);
    if (refused !== undefined) fail(response, refused.status, refused.code);
    else if (request.headers['if-none-match'] === '*' && objects.has(key))
      fail(response, 412, 'PreconditionFailed');
    else {
      puts.push(key);
      objects.set(key, body);
      response.writeHead(200, { etag: '"1"' }).end();
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

function fail(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
}
