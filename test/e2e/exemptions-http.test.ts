import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compose } from '../../src/compose.ts';
import { sha256 } from '../../src/kit/digest.ts';
import { ExemptionList, ExemptionReview, ExemptionView } from '../../src/exemption/views.ts';
import type { Gateway } from '../../src/gateway.ts';
import { ENVELOPE_TYPE } from '../../src/http/media-type.ts';
import { EventList } from '../../src/http/views.ts';
import { Decision } from '../../src/model/decision.ts';
import { portcullis } from './cli.ts';
import { problem, until } from './client.ts';
import { configOf, makePlace, plan, serve } from './gate.ts';
import type { Served } from './gate.ts';

const place = makePlace();
const folder = path.join(place.folder, 'exemptions');
mkdirSync(folder);
writeFileSync(
  path.join(place.folder, 'rules/owner.yaml'),
  [
    'rules:',
    '  - {id: owner, policy: PC-TAG-001, parameters: {keys: [owner]}, enforce: deny, overridable: true}',
    '  - {id: guarded, policy: PC-TAG-001, parameters: {keys: [team]}, enforce: deny, protected: true}',
  ].join('\n'),
);
const PEOPLE = { pipe: 'gate', ada: 'operate', grace: 'operate', bob: 'operate', eve: 'read' };
const env = {
  PORTCULLIS_EXEMPTIONS__FOLDERS: JSON.stringify([folder]),
  PORTCULLIS_AUTH__TOKENS: JSON.stringify(
    Object.entries(PEOPLE).map(([name, role]) => ({ name, role, sha256: sha256(name) })),
  ),
};
const warnings: string[] = [];
let gateway: Gateway;
let served: Served;
beforeAll(async () => {
  gateway = await compose(configOf(place, env), {
    record: true,
    warn: (message) => void warnings.push(message),
  });
  served = await serve(place, gateway, env);
});
afterAll(async () => {
  await served.stop();
  await gateway.close();
  place.dispose();
});

type Person = keyof typeof PEOPLE;

async function ask(who: Person, method: 'GET' | 'POST', at: string, body?: unknown) {
  return await fetch(`${served.url}${at}`, {
    method,
    headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const view = async (...asked: Parameters<typeof ask>): Promise<ExemptionView> => {
  const response = await ask(...asked);
  expect(response.status).toBe(200);
  return ExemptionView.parse(await response.json());
};
const refusal = async (...asked: Parameters<typeof ask>): Promise<string> => {
  const { status, code } = await problem(await ask(...asked));
  return `${status} ${code}`;
};
async function decide(document: string, query = '', who: Person = 'pipe'): Promise<Decision> {
  const response = await fetch(`${served.url}/v1/decisions${query}`, {
    method: 'POST',
    body: document,
    headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
  });
  return Decision.parse(await response.json());
}
const eventsOf = async (subject: string): Promise<string[]> => {
  const response = await ask('ada', 'GET', `/v1/events?type=exemption&subject=${subject}`);
  const { events } = EventList.parse(await response.json());
  return events.map(({ type, actor = '' }) => `${type} ${actor}`.trim()).reverse();
};

const TEAM = { team: 'shop' };
const OWNER = { owner: 'ada' };
const FAR = '2999-01-01T00:00:00.000Z';
const REQUEST = {
  rules: ['owner'],
  match: { addresses: ['aws_sqs_queue.*'] },
  reason: 'It moves.',
  owner: 'ada',
  ticket: 'OPS-7',
  until: FAR,
};

/** What is done takes effect a second later at the latest. */
const soon = (check: () => Promise<boolean>) => until(check);

describe('an exemption that is asked for', () => {
  it('bears nothing until somebody else approves it, then everything it names, until it is revoked', async () => {
    const request = { ...REQUEST, id: 'EX-1' };
    const first = await view('ada', 'POST', '/v1/exemptions', request);
    expect(first).toMatchObject({ state: 'requested', requestedBy: 'ada', approvalsMissing: 1 });
    expect(await view('ada', 'POST', '/v1/exemptions', request)).toEqual(first);
    expect((await decide(plan(TEAM))).decision).toBe('deny');
    expect(await refusal('ada', 'POST', '/v1/exemptions/EX-1/approve', {})).toBe(
      '403 EXEMPTION_APPROVAL',
    );
    await view('grace', 'POST', '/v1/exemptions/EX-1/approve', {});
    const twice = await view('grace', 'POST', '/v1/exemptions/EX-1/approve', {});
    expect(twice).toMatchObject({ state: 'active', approvedBy: ['grace'] });
    await soon(async () => (await decide(plan(TEAM))).decision === 'allow');
    expect(await decide(plan(TEAM))).toMatchObject({
      exempt: [
        {
          exemption: 'EX-1',
          exemptedBy: { owner: 'ada', ticket: 'OPS-7', reason: 'It moves.', until: FAR },
        },
      ],
      exemptions: { count: 1 },
    });
    const why = { reason: 'It moved.' };
    await view('bob', 'POST', '/v1/exemptions/EX-1/revoke', why);
    await soon(async () => (await decide(plan(TEAM))).decision === 'deny');
    expect(await eventsOf('EX-1')).toEqual([
      'exemption.requested ada',
      'exemption.approved grace',
      'exemption.revoked bob',
    ]);
    expect(await refusal('grace', 'POST', '/v1/exemptions/EX-1/approve', {})).toBe(
      '409 EXEMPTION_STATE',
    );
  });

  it('for a rule that is protected takes two people', async () => {
    const request = { ...REQUEST, id: 'EX-2', rules: ['guarded'] };
    expect(await view('ada', 'POST', '/v1/exemptions', request)).toMatchObject({
      approvalsMissing: 2,
    });
    const one = await view('grace', 'POST', '/v1/exemptions/EX-2/approve', {});
    expect(one).toMatchObject({ state: 'requested', approvalsMissing: 1 });
    expect((await decide(plan(OWNER))).decision).toBe('deny');
    const two = await view('bob', 'POST', '/v1/exemptions/EX-2/approve', {});
    expect(two).toMatchObject({ state: 'active', approvalsMissing: 0 });
    await soon(async () => (await decide(plan(OWNER))).decision === 'allow');
  });

  it('may be rejected', async () => {
    const { id } = await view('ada', 'POST', '/v1/exemptions', REQUEST);
    expect(id).toMatch(/^ex-[0-9a-f]{16}$/);
    const why = { reason: 'No.' };
    expect(await view('grace', 'POST', `/v1/exemptions/${id}/reject`, why)).toMatchObject({
      state: 'rejected',
    });
    expect(await refusal('grace', 'POST', `/v1/exemptions/${id}/approve`, {})).toBe(
      '409 EXEMPTION_STATE',
    );
  });

  it.each<[string, Person, string, unknown, string]>([
    ['by a reader', 'eve', '', REQUEST, '403 FORBIDDEN'],
    ['by a pipeline', 'pipe', '', REQUEST, '403 FORBIDDEN'],
    ['without an end', 'ada', '', { ...REQUEST, until: undefined }, '400 REQUEST_INVALID'],
    ['with its approval', 'ada', '', { ...REQUEST, approvedBy: ['x'] }, '400 REQUEST_INVALID'],
    ['for no rule', 'ada', '', { ...REQUEST, rules: ['onwer'] }, '422 EXEMPTION_INVALID'],
    [
      'that ended',
      'ada',
      '',
      { ...REQUEST, until: '2020-01-01T00:00:00Z' },
      '422 EXEMPTION_INVALID',
    ],
    ['by the id of another', 'bob', '', { ...REQUEST, id: 'EX-1' }, '409 EXEMPTION_EXISTS'],
    ['and is not there', 'bob', '/EX-9/approve', {}, '404 EXEMPTION_UNKNOWN'],
    ['and revoked without a reason', 'bob', '/EX-2/revoke', {}, '400 REQUEST_INVALID'],
  ])('%s is refused', async (_, who, at, body, expected) => {
    expect(await refusal(who, 'POST', `/v1/exemptions${at}`, body)).toBe(expected);
  });

  it('is listed, with those of files and what somebody should look at', async () => {
    const response = await ask('eve', 'GET', '/v1/exemptions?state=active');
    const { exemptions } = ExemptionList.parse(await response.json());
    expect(exemptions.map(({ id, where }) => [id, where])).toEqual([['EX-2', 'the store']]);
    const broad = { ...REQUEST, id: 'EX-3', match: undefined, until: inDays(5) };
    await view('ada', 'POST', '/v1/exemptions', broad);
    await view('bob', 'POST', '/v1/exemptions/EX-3/approve', {});
    await soon(async () => {
      const review = await ask('eve', 'GET', '/v1/exemptions/review');
      const { remarks } = ExemptionReview.parse(await review.json());
      const codes = remarks.filter(({ id }) => id === 'EX-3').map(({ code }) => code);
      return codes.join() === 'ends-in-7-days,too-broad';
    });
    await view('bob', 'POST', '/v1/exemptions/EX-3/revoke', { reason: 'too broad' });
  });
});

describe('exemptions of files', () => {
  const file = path.join(folder, 'all.yaml');
  const write = (id: string, more = '') =>
    writeFileSync(
      file,
      `exemptions: [{id: ${id}, rules: [owner], reason: r, owner: ada, until: 2999-01-01T00:00:00Z${more}}]`,
    );

  it('count as soon as the file is there, stay when it breaks, and go with it', async () => {
    await soon(async () => (await decide(plan(TEAM))).decision === 'deny');
    write('F-1');
    await soon(async () => (await decide(plan(TEAM))).exempt[0]?.exemption === 'F-1');
    write('F-2', ', nonsense: 1');
    // Its warning tells that the wrong one was looked at.
    await soon(async () => {
      await gateway.exemptions();
      return warnings.length > 0;
    });
    expect((await decide(plan(TEAM))).exempt[0]?.exemption).toBe('F-1');
    write('F-2');
    await soon(async () => (await decide(plan(TEAM))).exempt[0]?.exemption === 'F-2');
    expect(await refusal('ada', 'POST', '/v1/exemptions', { ...REQUEST, id: 'F-2' })).toBe(
      '409 EXEMPTION_EXISTS',
    );
    expect(await view('eve', 'GET', '/v1/exemptions/F-2')).toMatchObject({
      state: 'active',
      where: `${file}:1`,
    });
    rmSync(file);
    await soon(async () => (await decide(plan(TEAM))).decision === 'deny');
  });
});

describe('an override', () => {
  it('lets denials pass that can be overridden, once, in the name of the token', async () => {
    const query = '?override=The%20shop%20is%20down&actor=somebody';
    const passed = await decide(plan(TEAM), query, 'ada');
    expect(passed).toMatchObject({
      decision: 'allow',
      override: { by: 'ada', reason: 'The shop is down' },
      exempt: [{ rule: 'owner', exemption: `override-${passed.id}` }],
    });
    expect(await eventsOf(`override-${passed.id}`)).toEqual(['exemption.used ada']);
    expect((await decide(plan(TEAM))).decision).toBe('deny');
  });

  it('is no way around other rules', async () => {
    await view('bob', 'POST', '/v1/exemptions/EX-2/revoke', { reason: 'done' });
    await soon(async () => (await decide(plan(OWNER))).decision === 'deny');
    const refused = await decide(plan(), '?override=please', 'ada');
    expect(refused).toMatchObject({
      decision: 'deny',
      violations: [{ rule: 'guarded' }],
      exempt: [{ rule: 'owner' }],
    });
    expect(refused.document.notes.map(({ code }) => code)).toContain('not-overridable');
  });

  it('is refused to whoever may not', async () => {
    expect(await refusal('pipe', 'POST', '/v1/decisions?override=please', {})).toBe(
      '403 FORBIDDEN',
    );
    const envelope = { document: {}, override: 'please' };
    const response = await fetch(`${served.url}/v1/decisions`, {
      method: 'POST',
      body: JSON.stringify(envelope),
      headers: {
        authorization: 'Bearer pipe',
        'content-type': ENVELOPE_TYPE,
      },
    });
    expect((await problem(response)).code).toBe('FORBIDDEN');
  });
});

describe('portcullis exempt', () => {
  const run = (token: Person, ...args: string[]) =>
    portcullis([...args, '--server', served.url], { env: { PORTCULLIS_TOKEN: token } });

  it('asks a gate', async () => {
    const args = ['--rule', 'owner', '--address', 'aws_sqs_queue.cli', '--reason', 'r'];
    const asked = await run(
      'ada',
      ...['exempt', 'request', '--id', 'CLI-1', ...args],
      ...['--owner', 'ada', '--until', '2999-01-01T00:00:00Z'],
    );
    expect(asked.stderr).toBe('');
    expect(asked.stdout).toMatch(/^REQUESTED {2}CLI-1\n/);
    expect((await run('ada', 'exempt', 'approve', 'CLI-1')).stderr).toContain('EXEMPTION_APPROVAL');
    expect((await run('bob', 'exempt', 'approve', 'CLI-1')).stdout).toMatch(/^ACTIVE {2}CLI-1\n/);
    expect((await run('eve', 'exempt', 'list')).stdout).toContain('CLI-1');
    expect((await run('eve', 'exempt', 'list', '--review')).code).toBe(0);
    const gone = await run('bob', 'exempt', 'revoke', 'CLI-1', '--reason', 'gone');
    expect(gone.stdout).toMatch(/revoked by bob: gone/);
  });
});

function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();
}
