import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';

import { OAuth2Client, PassThroughClient } from 'google-auth-library';
import { afterEach, describe, expect, it } from 'vitest';

import { connect } from '../../../../src/clouds/google/connection.ts';
import { openGoogleInventory } from '../../../../src/clouds/google/inventory.ts';
import { googleSettings } from '../../../../src/clouds/google/schema.ts';
import { fakeOutside } from '../outside.ts';
import { bearer, EVERYTHING, NO_END, settingsFor, TOKEN } from './world.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { server, url: `http://127.0.0.1:${port}` };
}

const GET = { method: 'GET', host: 'compute.googleapis.com', path: '/compute/v1/x' } as const;

describe('the connection to Google', () => {
  it('puts the service in front of the path under an endpoint of its own, with token and quota project', async () => {
    const seen: IncomingMessage[] = [];
    const { url } = await serve((request, response) => {
      seen.push(request);
      response.end('{"ok":true}');
    });
    const connection = connect({ endpoint: url, quotaProject: 'billing' }, fakeOutside(), bearer());
    expect(await connection.send({ ...GET, query: { a: 'b c' } }, NO_END)).toEqual({ ok: true });
    expect(seen[0]?.url).toBe('/compute.googleapis.com/compute/v1/x?a=b+c');
    expect(seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'x-goog-user-project': 'billing',
    });
  });

  it('ends the request of Google’s own client with the signal of whoever asked', async () => {
    const { server, url } = await serve(() => undefined);
    const arrived = once(server, 'request');
    const gone = new AbortController();
    const inventory = await openGoogleInventory(settingsFor(url), fakeOutside(), {
      auth: new PassThroughClient(),
    });
    const planning = inventory.plan(EVERYTHING, gone.signal);
    const [request] = (await arrived) as [IncomingMessage];
    const closed = once(request.socket, 'close');
    gone.abort();
    await expect(planning).rejects.toMatchObject({ code: 'CLOUD_STOPPED' });
    await closed;
    await inventory.close();
  });

  it('renews a token that is refused, once', async () => {
    const { url } = await serve((request, response) => {
      response.statusCode = request.headers.authorization === 'Bearer fresh' ? 200 : 401;
      response.end('{"ok":true}');
    });
    const client = new OAuth2Client({ forceRefreshOnFailure: true });
    const later = Date.now() + 3_600_000;
    client.setCredentials({ access_token: 'revoked', expiry_date: later });
    client.refreshHandler = () => Promise.resolve({ access_token: 'fresh', expiry_date: later });
    const connection = connect({ endpoint: url }, fakeOutside(), client);
    expect(await connection.send(GET, NO_END)).toEqual({ ok: true });
  });

  it('reads no more of an answer than it can hold', async () => {
    const { url } = await serve((_, response) => {
      const megabyte = Buffer.alloc(1024 * 1024, 0x20);
      const pour = (): void => {
        while (response.write(megabyte));
        response.once('drain', pour);
      };
      pour();
    });
    const connection = connect({ endpoint: url }, fakeOutside(), new PassThroughClient());
    await expect(connection.send(GET, NO_END)).rejects.toThrow(/larger than/);
  });

  it('takes no text that is not JSON', async () => {
    const { url } = await serve((_, response) => response.end('<html>'));
    const connection = connect({ endpoint: url }, fakeOutside(), new PassThroughClient());
    await expect(connection.send(GET, NO_END)).rejects.toMatchObject({ code: 'CLOUD_PROTOCOL' });
  });

  it('says that there are no credentials without a word of the file that should hold them', async () => {
    const outside = {
      ...fakeOutside(),
      env: { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/key-of-shop.json' },
    };
    const { url } = await serve((_, response) => response.end('{}'));
    const error: unknown = await connect({ endpoint: url }, outside)
      .send(GET, NO_END)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CLOUD_CREDENTIALS' });
    expect(String(error)).not.toContain('key-of-shop');
  });
});

describe('the settings of a Google inventory', () => {
  const SETTINGS = { type: 'google', name: 'cloud', scopes: ['projects/shop'] };

  it.each([
    [{}, true],
    [{ scopes: ['organizations/1', 'folders/2', 'projects/example.com:old'] }, true],
    [{ endpoint: 'http://127.0.0.1:8080' }, true],
    [{ endpoint: 'https://asia.private.example' }, true],
    [{ endpoint: 'http://example.com' }, false],
    [{ endpoint: 'ftp://127.0.0.1' }, false],
    [{ scopes: [] }, false],
    [{ scopes: ['organizations/acme'] }, false],
    [{ scopes: ['projects/../../x'] }, false],
    [{ key: 'a typing error' }, false],
    [{ rate: { list: { perSecond: 0, burst: 1 } } }, false],
  ])('takes %j: %s', (more, good) => {
    expect(googleSettings.safeParse({ ...SETTINGS, ...more }).success).toBe(good);
  });
});
