import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compose } from '../../src/compose.ts';
import type { Gateway } from '../../src/gateway.ts';
import { Problem } from '../../src/http/problem.ts';
import { Impact } from '../../src/replay/impact/model.ts';
import { portcullis, ROOT } from './cli.ts';
import { configOf, makePlace, plan, serve } from './gate.ts';
import type { Served } from './gate.ts';

const place = makePlace();
const INPUTS = { PORTCULLIS_LEDGER__INPUTS: 'redacted' };
const SLOW = 120_000;
const RULES = {
  'owner.yaml':
    'rules:\n  - {id: cost, policy: PC-TAG-001, parameters: {keys: [cost-center]}, enforce: deny}\n',
};
const POLICIES = Object.fromEntries(
  ['tagging/required/required.rego', 'lib/tags.rego'].map((file) => [
    file,
    readFileSync(path.join(ROOT, 'policies', file), 'utf8'),
  ]),
);

let gateway: Gateway;
let served: Served;

beforeAll(async () => {
  gateway = await compose(configOf(place, INPUTS), { record: true });
  served = await serve(place, gateway, INPUTS);
  for (const tags of [{ owner: 'ada' }, { owner: 'ada', 'cost-center': '12' }, {}])
    await gateway.decide({ bytes: Buffer.from(plan(tags)), point: 'pre-apply', context: {} });
}, SLOW);
afterAll(async () => {
  await served.stop();
  await gateway.close();
  place.dispose();
});

async function ask(body: unknown): Promise<Response> {
  return await fetch(`${served.url}/v1/impact`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function problem(response: Response) {
  const { status, code, detail } = Problem.parse(await response.json());
  return { status, code, detail };
}

describe('POST /v1/impact', () => {
  it(
    'tells whom the rules, or the policies and rules, of the request would have stopped',
    async () => {
      for (const candidate of [{ rules: RULES }, { rules: RULES, policies: POLICIES }]) {
        const response = await ask(candidate);
        expect(response.status).toBe(200);
        const { decisions, rules } = Impact.parse(await response.json());
        expect(decisions).toMatchObject({ replayed: 3, toDeny: 1, toAllow: 0, unchanged: 1 });
        expect(rules.map(({ rule, toDeny }) => [rule, toDeny])).toEqual([
          ['cost', 1],
          ['owner', 0],
        ]);
      }
    },
    SLOW,
  );

  it(
    'is what portcullis replay --server asks',
    async () => {
      const { code, stdout, stderr } = await portcullis(
        ['replay', '--rules', path.join(place.folder, 'rules'), '--server', served.url],
        { env: place.env },
      );
      expect([code, stderr, stdout]).toEqual([
        0,
        '',
        expect.stringContaining('3 decisions replayed'),
      ]);
    },
    SLOW,
  );

  it.each([
    [
      'Rego that does not compile',
      { policies: { ...POLICIES, 'a/b/b.rego': 'package x y' } },
      'b.rego',
    ],
    [
      'a rule without its policy',
      { rules: { 'a.yaml': 'rules: [{id: a, policy: PC-NO-1, enforce: deny}]' } },
      'PC-NO-1',
    ],
    ['a place outside of the set', { policies: { '../etc/passwd': 'package x' } }, 'no place'],
  ])(
    'refuses %s, and says where',
    async (_, body, told) => {
      const refused = await problem(await ask(body));
      expect(refused).toMatchObject({ status: 422, code: 'REPLAY_CANDIDATE' });
      expect(refused.detail).toContain(told);
    },
    SLOW,
  );

  it('refuses a request for nothing, and one for too much', async () => {
    expect((await problem(await ask({}))).code).toBe('REQUEST_INVALID');
    expect((await problem(await ask({ rules: RULES, limit: 1e6 }))).code).toBe('REQUEST_INVALID');
    const large = { rules: { 'a.yaml': 'x'.repeat(9 * 1024 * 1024) } };
    expect((await problem(await ask(large))).code).toBe('BODY_TOO_LARGE');
  });

  it(
    'replays one at a time',
    async () => {
      const asked = await Promise.all([ask({ rules: RULES }), ask({ rules: RULES })]);
      const statuses = asked.map(({ status }) => status).sort();
      expect(statuses).toEqual([200, 503]);
      const busy = asked.find(({ status }) => status === 503)!;
      expect(busy.headers.get('retry-after')).toBe('60');
      expect((await problem(busy)).code).toBe('REPLAY_BUSY');
    },
    SLOW,
  );
});
