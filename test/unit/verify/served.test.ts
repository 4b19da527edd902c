import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { describe, expect, it } from 'vitest';

import { parseKeys, servedLog, verifyLog } from '../../../src/verify/index.ts';
import { buildLog, entriesOf, OWN } from './log.ts';
import type { Files } from './log.ts';
import { random, TAMPERS, WHOLE } from './tampers.ts';

const keys = parseKeys(OWN.verifier, 'key');

/** A server of its own for as long as the work takes. */
async function serving<T>(listener: RequestListener, work: (url: string) => Promise<T>) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  try {
    return await work(`http://127.0.0.1:${address.port}/log/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const named = ({ url = '' }: IncomingMessage) => url.replace(/^\/log\//, '');

const answering =
  (files: Files): RequestListener =>
  (request, response) => {
    const bytes = files.get(named(request));
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  };

/** The files of a whole log, but for one of them. */
const but =
  (file: string, otherwise: (response: ServerResponse) => void): RequestListener =>
  (request, response) =>
    named(request) === file ? otherwise(response) : answering(WHOLE)(request, response);

const verify = (url: string, more: { token?: string; deadlineMs?: number } = {}) =>
  verifyLog({ source: servedLog({ url, ...more }), keys });

describe('a log that is served', () => {
  it.each([0, 1, 256, 257, 600, 5000])('is verified with %i entries', async (size) => {
    const bytes = buildLog(entriesOf(Math.min(size, 300))).get('checkpoint')!;
    const verified = await serving(answering(buildLog(entriesOf(size))), (url) =>
      verifyLog({ source: servedLog({ url }), keys, since: { file: 'kept', bytes } }),
    );
    expect(verified).toMatchObject({ findings: [], checkpoint: { size } });
  });

  it('is verified where narrow tiles gave way to full ones', async () => {
    const files = buildLog(entriesOf(600));
    const earlier = buildLog(entriesOf(300));
    for (const file of ['checkpoint', 'tile/1/000.p/1']) files.set(file, earlier.get(file)!);
    const verified = await serving(answering(files), verify);
    expect(verified).toMatchObject({ findings: [], checkpoint: { size: 300 } });
  });

  it.each(
    // What a server has besides nobody can list.
    Object.keys(TAMPERS)
      .map((name, at) => [name, at] as const)
      .filter(([name]) => name !== 'a file too many'),
  )('is found out as a folder is: %s', async (name, seed) => {
    const pick = random(seed + 1);
    for (let round = 0; round < 4; round += 1) {
      const { files, kinds, index, since } = TAMPERS[name]!(pick);
      if (!files.has('checkpoint')) continue;
      const { findings } = await serving(answering(files), (url) =>
        verifyLog({
          source: servedLog({ url }),
          keys,
          ...(since && { since: { file: 'kept', bytes: since } }),
        }),
      );
      expect(kinds, JSON.stringify(findings[0])).toContain(findings[0]?.kind);
      if (index !== undefined) expect(findings[0]?.index, `round ${round}`).toBe(index);
    }
  });

  it('that ends before its checkpoint says, however large that is, is not looked for for ever', async () => {
    let asked = 0;
    const { findings } = await serving((request, response) => {
      asked += 1;
      const file = named(request);
      if (/^tile\/(0|entries)\/00[12]/.test(file)) response.writeHead(404).end();
      else answering(WHOLE)(request, response);
    }, verify);
    expect(findings[0]).toMatchObject({ kind: 'truncated', index: 256 });
    expect(asked).toBeLessThan(40);
  });
});

describe('the token', () => {
  it('goes to the address that was named', async () => {
    const seen = new Set<string | undefined>();
    await serving(
      (request, response) => {
        seen.add(request.headers.authorization);
        answering(WHOLE)(request, response);
      },
      (url) => verify(url, { token: 'secret' }),
    );
    expect([...seen]).toEqual(['Bearer secret']);
  });

  it('and to no other: a redirection is not followed', async () => {
    let elsewhere = 0;
    await serving(
      () => (elsewhere += 1),
      async (other) => {
        const sent = but('tile/0/001', (response) =>
          response.writeHead(302, { location: `${other}tile/0/001` }).end(),
        );
        await expect(serving(sent, (url) => verify(url, { token: 'secret' }))).rejects.toThrow(
          /tile\/0\/001 answered 302: it sends elsewhere, which is not followed/,
        );
      },
    );
    expect(elsewhere).toBe(0);
  });
});

describe('what cannot be looked at is no verdict', () => {
  it.each([
    ['a server that asks for a token', 401, /asks for a token.*PORTCULLIS_TOKEN/],
    ['a server that does not understand', 400, /answered 400/],
    ['no log', 404, /serves no log: there is no checkpoint/],
  ])('%s', async (_, status, message) => {
    const refusing = but('checkpoint', (response) => response.writeHead(status).end());
    await expect(serving(refusing, verify)).rejects.toThrow(message);
  });

  it('a server that fails each time; one that fails once is asked again', async () => {
    let failures = 0;
    const failing = (most: number) =>
      but('tile/entries/001', (response) => {
        failures += 1;
        const wait = { 'retry-after': '0' };
        if (failures <= most) response.writeHead(503, wait).end();
        else response.end(WHOLE.get('tile/entries/001'));
      });
    expect((await serving(failing(2), verify)).findings).toEqual([]);
    failures = 0;
    await expect(serving(failing(99), verify)).rejects.toThrow(/entries\/001 answered 503/);
    expect(failures).toBe(4);
  });

  it('a server that never ends its answer', async () => {
    const endless = but('tile/0/000', (response) => void response.writeHead(200).write('x'));
    await expect(serving(endless, (url) => verify(url, { deadlineMs: 50 }))).rejects.toThrow(
      /tile\/0\/000 did not answer: nothing came within 0.05 s/,
    );
  });

  it('nobody there', async () => {
    const gone = await serving(answering(WHOLE), (url) => Promise.resolve(url));
    await expect(verify(gone)).rejects.toThrow(/did not answer: .*ECONNREFUSED/);
  });

  it.each([
    'ftp://host/log',
    'http://user:word@host/log',
    'https://host/log?x=1',
    'https://host/#a',
  ])('the address %s', (url) => {
    expect(() => servedLog({ url })).toThrow(/address/);
    expect(() => servedLog({ url })).not.toThrow(/word/);
  });

  it('an answer without an end is not read to it: what is too long is wrong', async () => {
    let stopped = false;
    const flood = but('tile/0/001', (response) => {
      response.on('close', () => (stopped = true));
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', pour);
      pour();
    });
    const { findings } = await serving(flood, verify);
    expect(findings[0]).toMatchObject({ kind: 'malformed', message: 'the file is too large' });
    expect(stopped).toBe(true);
  });
});
