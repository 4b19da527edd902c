import { X509Certificate } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { SECRET, SHOP } from '../../azure/world.ts';
import { codeOf, start } from './client.ts';

describe('the door of the fake Azure', () => {
  it('speaks TLS with a certificate that is good for its address and for nobody else', async () => {
    const { fake } = await start();
    const certificate = new X509Certificate(fake.ca);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkHost('management.azure.com')).toBeUndefined();
    const other = await start();
    expect(other.fake.ca).not.toBe(fake.ca);
  });

  it('asks for a token, and for a good one', async () => {
    const { ask } = await start({ accepts: (token) => token === 'good' });
    const path = `/subscriptions/${SHOP}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`;
    expect((await ask('GET', path, undefined, '')).status).toBe(401);
    expect(codeOf(await ask('GET', path, undefined, 'old'))).toBe('ExpiredAuthenticationToken');
    expect((await ask('GET', path, undefined, 'good')).status).toBe(200);
  });

  it.each([
    ['GET', '/subscriptions?api-version=2022-12-01', 'what it does not play'],
    [
      'GET',
      `//subscriptions/${SHOP}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`,
      'an empty segment',
    ],
    ['GET', `/subscriptions/${SHOP}/providers/Microsoft.Resources/tags/default`, 'no version'],
    [
      'GET',
      `/subscriptions/${SHOP}/providers/Microsoft.Authorization/policyExemptions?api-version=2024-05-01`,
      'another version',
    ],
  ])('refuses %s %s: %s', async (method, path) => {
    const { ask, fake } = await start();
    expect((await ask(method, path)).status).toBe(404);
    expect(fake.calls).toEqual([]);
  });

  it('refuses a subscription that the caller has no role in, and one that is not there', async () => {
    const { tags } = await start();
    expect(codeOf(await tags('GET', `/subscriptions/${SECRET}`))).toBe('AuthorizationFailed');
    expect(codeOf(await tags('GET', '/subscriptions/none'))).toBe('SubscriptionNotFound');
  });
});
