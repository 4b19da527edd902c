import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { DATA, ESTATE, NETWORK, resource, SECRET, SHOP, subscription } from '../../azure/world.ts';
import { codeOf, start } from './client.ts';
import type { Answer } from './client.ts';

const Page = z.object({
  totalRecords: z.number(),
  count: z.number(),
  resultTruncated: z.string(),
  $skipToken: z.string().optional(),
  data: z.array(z.record(z.string(), z.unknown())),
});

describe('the Resource Graph of the fake Azure', () => {
  const IDS = 'resources | project id, name | order by id asc';

  it('gives pages to a query that tells ids, and to no other', async () => {
    const { graph } = await start();
    const first = Page.parse((await graph(IDS, { options: { $top: 2 } })).body);
    expect(first).toMatchObject({ totalRecords: 3, count: 2, resultTruncated: 'true' });
    const options = { $top: 2, $skipToken: first.$skipToken };
    const second = Page.parse((await graph(IDS, { options })).body);
    expect(second).toMatchObject({ count: 1, resultTruncated: 'false' });
    expect([...first.data, ...second.data].map(({ name }) => name)).toEqual([
      'shopkeys',
      'shopnet',
      'shopfiles',
    ]);
    const names = Page.parse(
      (await graph('resources | project name', { options: { $top: 2 } })).body,
    );
    expect(names).toMatchObject({ resultTruncated: 'true' });
    expect(names.$skipToken).toBeUndefined();
    expect(codeOf(await graph('resources | project id', { options }))).toBe('InvalidSkipToken');
  });

  it('tells types in lower case, no tags as null, and groups in a table of their own', async () => {
    const { graph } = await start();
    const { data } = Page.parse((await graph('resources | order by id asc')).body);
    expect(data.map(({ type }) => type)).toContain('microsoft.network/virtualnetworks');
    expect(data.find(({ name }) => name === NETWORK.name)).toMatchObject({ tags: null, kind: '' });
    const containers = Page.parse((await graph('resourcecontainers | project type')).body);
    expect(containers.data).toEqual([
      { type: 'microsoft.resources/subscriptions' },
      { type: 'microsoft.resources/subscriptions/resourcegroups' },
    ]);
  });

  it('counts', async () => {
    const { graph } = await start();
    const answer = await graph(
      "resources | where location in~ ('WestEurope', 'uksouth') | summarize count() by subscriptionId, location",
    );
    expect(Page.parse(answer.body).data).toEqual([
      { subscriptionId: SHOP, location: 'westeurope', count_: 2 },
    ]);
  });

  it('leaves out what the caller may not see without a word, unless nothing is left', async () => {
    const { graph } = await start();
    const some = await graph('resources | project subscriptionId', {
      subscriptions: [DATA, SECRET],
    });
    expect(Page.parse(some.body).data).toEqual([{ subscriptionId: DATA }]);
    const none = await graph(IDS, { subscriptions: [SECRET] });
    expect(none.status).toBe(400);
    expect(codeOf(none)).toBe('NoValidSubscriptionsInQueryRequest');
  });

  it.each([
    'resources | take 5',
    'resources | where tags.owner == "x"',
    "resources | where name == 'x'",
    'resources | project id, nosuchcolumn',
    'resources | project id | order by name asc',
    'advisorresources | project id',
    "resources | where name =~ 'x' | extend y = 1",
  ])('refuses %s', async (query) => {
    const { graph } = await start();
    expect(codeOf(await graph(query))).toBe('InvalidQuery');
  });

  it('reads a text in quotes as text', async () => {
    const odd = resource('Microsoft.KeyVault/vaults', "it's|odd");
    const { graph } = await start({
      estate: { ...ESTATE, subscriptions: [subscription(SHOP, [odd])] },
    });
    const answer = await graph(String.raw`resources | where name =~ 'it\'s|odd' | project name`);
    expect(Page.parse(answer.body).data).toEqual([{ name: "it's|odd" }]);
  });

  it.each([{ $top: 0 }, { $top: 1001 }, { resultFormat: 'table' }])(
    'refuses %o',
    async (options) => {
      const { graph } = await start();
      expect(codeOf(await graph(IDS, { options }))).toBe('InvalidRequest');
    },
  );

  it('answers fifteen queries in five seconds, and says how many are left', async () => {
    const { graph, outside } = await start();
    const answers: Answer[] = [];
    for (let query = 0; query < 16; query++) answers.push(await graph(IDS));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(15).fill(200), 429]);
    expect(answers[0]?.headers['x-ms-user-quota-remaining']).toBe('14');
    expect(answers[14]?.headers['x-ms-user-quota-remaining']).toBe('0');
    expect(answers[15]?.headers).toMatchObject({
      'retry-after': '5',
      'x-ms-user-quota-resets-after': '00:00:05',
    });
    outside.advance(5000);
    expect((await graph(IDS)).status).toBe(200);
  });

  it('tells tags of before where that is asked for', async () => {
    const { fake, graph } = await start({
      faults: [{ on: 'graph', times: 1, harm: { kind: 'stale' } }],
    });
    fake.setTags(NETWORK.id, { owner: 'net' });
    const query = "resources | where name =~ 'shopnet' | project tags";
    expect(Page.parse((await graph(query)).body).data).toEqual([{ tags: null }]);
    expect(Page.parse((await graph(query)).body).data).toEqual([{ tags: { owner: 'net' } }]);
  });
});
