import { request as httpsRequest } from 'node:https';

import { afterEach } from 'vitest';
import { z } from 'zod';

import { startFakeAzure } from '../../../../../src/clouds/fakes/azure/index.ts';
import type { FakeAzure, FakeAzureOptions } from '../../../../../src/clouds/fakes/azure/index.ts';
import { fakeOutside } from '../../outside.ts';
import { ESTATE, SHOP, VAULT } from '../../azure/world.ts';

const open: FakeAzure[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()));
});

/** What the fake answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** A fake, and someone who asks it by hand; ended after the test. */
export async function start(options: Partial<FakeAzureOptions> = {}) {
  const outside = fakeOutside();
  const fake = await startFakeAzure({ estate: ESTATE, clock: outside.clock, ...options });
  open.push(fake);
  const ask = (method: string, path: string, body?: unknown, token = 'a'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
      const sent = httpsRequest(fake.url + path, { method, ca: fake.ca, headers }, (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (part: string) => (text += part));
        incoming.on('end', () => {
          const { statusCode: status = 0, headers: told } = incoming;
          resolve({ status, headers: told, body: text === '' ? undefined : JSON.parse(text) });
        });
      });
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const graph = async (query: string, more: object = {}): Promise<Answer> =>
    await ask('POST', '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', {
      subscriptions: [SHOP],
      query,
      ...more,
    });
  const tags = async (method: string, scope: string, body?: unknown): Promise<Answer> =>
    await ask(
      method,
      `${scope}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`,
      body,
    );
  const patch = async (operation: string, values: object, scope = VAULT.id): Promise<Answer> =>
    await tags('PATCH', scope, { operation, properties: { tags: values } });
  return { fake, outside, ask, graph, tags, patch };
}

/** The innermost code of an error. */
export function codeOf({ body }: Answer): string {
  const error = z
    .object({
      error: z.object({
        code: z.string(),
        details: z.array(z.object({ code: z.string() })).optional(),
      }),
    })
    .parse(body).error;
  return error.details?.[0]?.code ?? error.code;
}
