import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { FindingPageView, SweepView } from '../../src/fleet/views.ts';
import { EventList } from '../../src/http/views.ts';
import { Decision } from '../../src/model/decision.ts';
import type { Gateway } from '../../src/gateway.ts';
import { sha256 } from '../../src/kit/digest.ts';
import { portcullis } from './cli.ts';
import { until } from './client.ts';
import { jsonLines, thing } from './fleet-place.ts';
import type { Served } from './gate.ts';
import { makePlace, openGateway, plan, serve } from './gate.ts';

const place = makePlace();
const file = (name: string): string => path.join(place.folder, name);
writeFileSync(file('plan.json'), plan());
writeFileSync(file('cellar.jsonl'), jsonLines([thing('rack-1', {}), thing('rack-2', {})]));
writeFileSync(
  file('rules/owner.yaml'),
  `rules:
  - id: owner
    policy: PC-TAG-001
    parameters: {keys: [owner]}
    enforce: deny
    repair: {mode: suggest, values: [{constant: platform}]}
`,
);
const PEOPLE = { ada: 'admin', grace: 'operate' };
const env = {
  PORTCULLIS_INVENTORIES: JSON.stringify([
    { type: 'json-lines', name: 'cellar', paths: [file('cellar.jsonl')] },
  ]),
  PORTCULLIS_AUTH__TOKENS: JSON.stringify(
    Object.entries(PEOPLE).map(([name, role]) => ({ name, role, sha256: sha256(name) })),
  ),
};
const REQUEST = {
  id: 'EX-1',
  rules: ['owner'],
  match: { addresses: ['aws_sqs_queue.q', 'cellar/rack-1'] },
  ...{ reason: 'It moves.', owner: 'ada', until: '2999-01-01T00:00:00Z' },
};

let gateway: Gateway;
let served: Served;
beforeAll(async () => {
  gateway = await openGateway(place);
  served = await serve(place, gateway, env);
});
afterAll(async () => {
  await served.stop();
  await gateway.close();
  place.dispose();
});

async function ask(who: keyof typeof PEOPLE, method: 'GET' | 'POST', at: string, body?: unknown) {
  const response = await fetch(`${served.url}${at}`, {
    method,
    headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.ok).toBe(true);
  const answer: unknown = await response.json();
  return answer;
}
const decide = async () =>
  Decision.parse(await ask('ada', 'POST', '/v1/decisions', JSON.parse(plan())));
const usedEvents = async () =>
  EventList.parse(await ask('ada', 'GET', '/v1/events?type=exemption.used')).events;

/** Asked of a gate, of findings, of repairs, and of the command line beside it. */
it('one exemption is honoured by all who judge', async () => {
  expect((await decide()).decision).toBe('deny');
  await ask('ada', 'POST', '/v1/exemptions', REQUEST);
  await ask('grace', 'POST', '/v1/exemptions/EX-1/approve', {});
  await until(async () => (await decide()).decision === 'allow');
  const borne = {
    exemption: 'EX-1',
    exemptedBy: { id: 'EX-1', owner: 'ada', reason: 'It moves.' },
  };
  const decided = await decide();
  expect(decided).toMatchObject({ decision: 'allow', exempt: [borne] });

  const { id } = SweepView.parse(await ask('ada', 'POST', '/v1/sweeps', {}));
  await until(async () => (await usedEvents()).length > 0);
  expect(await usedEvents()).toMatchObject([{ subject: 'EX-1', body: { sweep: id, findings: 1 } }]);
  const { findings } = FindingPageView.parse(await ask('grace', 'GET', '/v1/findings'));
  const told = findings.map(({ address, exemption }) => [address, exemption?.id]);
  expect(told.sort()).toEqual([
    ['cellar/rack-1', 'EX-1'],
    ['cellar/rack-2', undefined],
  ]);
  const repair = JSON.stringify(await ask('ada', 'POST', '/v1/repairs/plans', {}));
  expect(repair).toContain('cellar/rack-2');
  expect(repair).not.toContain('cellar/rack-1');

  const args = ['check', file('plan.json'), '-o', 'json', '-o', `text=${file('check.txt')}`];
  const { stdout } = await portcullis(args, { env: place.env });
  const checked = Decision.parse(JSON.parse(stdout));
  expect(checked).toMatchObject({ decision: 'allow', exempt: [borne] });
  expect(checked.exemptions).toEqual(decided.exemptions);
  expect(readFileSync(file('check.txt'), 'utf8')).toContain('exempt by EX-1 until 2999-01-01');
}, 180_000);
