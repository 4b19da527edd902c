import { describe, expect, it } from 'vitest';

import type { Gateway } from '../../src/gateway.ts';
import { problem, until, useGate } from './client.ts';
import { plan, serve } from './gate.ts';

const { another, ask, gateway, place, send } = useGate();

describe('too much to do', () => {
  it('turns away at once what it cannot hold, and serves again afterwards', async () => {
    const open: (() => void)[] = [];
    const slow: Gateway = {
      ...gateway(),
      decide: async (request) => {
        await new Promise<void>((resolve) => open.push(resolve));
        return await gateway().decide(request);
      },
    };
    const busy = await another(
      { PORTCULLIS_SERVER__MAX_CONCURRENT: '1', PORTCULLIS_SERVER__QUEUE: '2' },
      slow,
    );
    const held = Array.from({ length: 3 }, async () => await ask(plan(), { url: busy.url }));
    await until(() => open.length === 1);
    await until(async () => (await ask(plan(), { url: busy.url })).status === 503);
    const turnedAway = await ask(plan(), { url: busy.url });
    expect(turnedAway.headers.get('retry-after')).toBe('1');
    expect((await problem(turnedAway)).code).toBe('OVERLOADED');
    const release = setInterval(() => open.shift()?.(), 5);
    const answers = await Promise.all(held);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await ask(plan(), { url: busy.url })).status).toBe(200);
    clearInterval(release);
  });

  it('answers 503 past the deadline', async () => {
    const never: Gateway = {
      ...gateway(),
      decide: async () => await new Promise<never>(() => undefined),
    };
    const late = await another({ PORTCULLIS_SERVER__DEADLINE: '50ms' }, never);
    expect((await problem(await ask(plan(), { url: late.url }))).code).toBe('DEADLINE');
  });

  it('holds only so many bytes of bodies at one time', async () => {
    const tight = await another({ PORTCULLIS_SERVER__LIMITS__BUFFERED: '1KiB' });
    expect(
      (await problem(await ask(plan({ owner: 'x'.repeat(2000) }), { url: tight.url }))).code,
    ).toBe('OVERLOADED');
    expect((await ask(plan(), { url: tight.url })).status).toBe(200);
  });

  it('closes connections that send their request a letter at a time', async () => {
    const patient = await another({
      PORTCULLIS_SERVER__HEADERS_TIMEOUT: '300ms',
      PORTCULLIS_SERVER__REQUEST_TIMEOUT: '300ms',
    });
    const raw = await send(
      'POST /v1/decisions HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ',
      patient.url,
    );
    expect(raw.toString()).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('stopping', () => {
  it('lets requests under way finish, says so, and takes no more', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let arrived = false;
    const slow: Gateway = {
      ...gateway(),
      decide: async (request) => {
        arrived = true;
        await held;
        return await gateway().decide(request);
      },
    };
    const stopping = await serve(place(), slow, { PORTCULLIS_SERVER__DRAIN_DELAY: '300ms' });
    const underWay = ask(plan(), { url: stopping.url });
    await until(() => arrived);
    const stopped = stopping.stop();
    const notReady = await fetch(`${stopping.url}/readyz`);
    expect([notReady.status, notReady.headers.get('connection')]).toEqual([503, 'close']);
    setTimeout(release, 400);
    expect((await underWay).status).toBe(200);
    await stopped;
    await expect(fetch(`${stopping.url}/livez`)).rejects.toThrow();
  });
});
