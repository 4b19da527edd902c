import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { decided, problem, until, useGate } from './client.ts';
import { plan, review } from './gate.ts';

const { another, ask, gateway, served, url } = useGate();

describe('an admission review', () => {
  async function admission(body: string, suffix = ''): Promise<Response> {
    return await fetch(`${url()}/v1/admission/kubernetes/validate${suffix}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
  }

  it('is answered in its own words, denied or allowed', async () => {
    const denied = await (await admission(review(), '?timeout=5s')).json();
    expect(denied).toMatchObject({
      apiVersion: 'admission.k8s.io/v1',
      kind: 'AdmissionReview',
      response: {
        uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
        allowed: false,
        status: { code: 403 },
      },
    });
    expect(await (await admission(review({ owner: 'ada' }))).json()).toMatchObject({
      response: { allowed: true },
    });
  });

  it('that is a dry run of a named cluster is marked so in the record', async () => {
    await admission(review({ owner: 'ada' }, true), '/production');
    const [record] = (await gateway().list({ limit: 1 })).records;
    expect(record?.decision).toMatchObject({
      dryRun: true,
      point: 'admission',
      context: { actor: 'ada', labels: { cluster: 'production' } },
    });
  });

  it('that is none is refused', async () => {
    expect((await problem(await admission('{}'))).code).toBe('REQUEST_INVALID');
  });

  it('is denied inside the review when the decision cannot be recorded', async () => {
    const broken = await another(
      {},
      { ...gateway(), decide: async () => await Promise.reject(new Error('broken')) },
    );
    const answer = await fetch(`${broken.url}/v1/admission/kubernetes/validate`, {
      method: 'POST',
      body: review({ owner: 'ada' }),
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { response: { allowed: false } },
    ]);
  });
});

describe('reading', () => {
  it('lists records in pages, by filters', async () => {
    for (let n = 0; n < 3; n++) await ask(plan(), { query: '?actor=reader' });
    const first: unknown = await (await fetch(`${url()}/v1/decisions?actor=reader&limit=2`)).json();
    expect(first).toMatchObject({
      records: [{ actor: 'reader' }, { actor: 'reader' }],
      next: expect.any(Number) as unknown,
    });
    const none: unknown = await (await fetch(`${url()}/v1/decisions?actor=nobody`)).json();
    expect(none).toEqual({ records: [] });
  });

  it('shows policies and rules', async () => {
    expect(await (await fetch(`${url()}/v1/policies`)).json()).toMatchObject({
      policies: [{ id: 'PC-TAG-001' }],
    });
    expect(await (await fetch(`${url()}/v1/rules`)).json()).toMatchObject({
      rules: [{ id: 'owner', policy: 'PC-TAG-001' }],
    });
  });

  it('counts decisions without any word of a request in a label', async () => {
    await ask(plan(), { query: '?actor=canary-actor&name=canary-name' });
    const text = await (await fetch(`${url()}/metrics`)).text();
    expect(text).toMatch(
      /portcullis_decisions_total\{decision="deny",point="pre-apply",source="terraform-plan"\} \d+/,
    );
    expect(text).toMatch(/portcullis_evaluation_seconds_bucket\{le="0.001",point="pre-apply"\}/);
    expect(text).not.toMatch(/canary/);
  });
});

describe('what is logged', () => {
  it('is a line a request, with no text of a document and no token', async () => {
    const canary = `canary-${randomUUID()}`;
    const answer = await ask(plan({ owner: canary }), {
      headers: { authorization: `Bearer ${canary}` },
    });
    const { id } = await decided(answer);
    await until(() => served().lines.some(({ fields }) => fields['decisionId'] === id));
    const line = served().lines.find(({ fields }) => fields['decisionId'] === id);
    expect(line).toMatchObject({
      message: 'request',
      fields: { method: 'POST', status: 200, source: 'terraform-plan' },
    });
    expect(JSON.stringify(served().lines)).not.toContain(canary);
  });

  it('and with no password of an address that was written into the path, however it was spelt', async () => {
    const password = `pass-${randomUUID()}`;
    const address = `https://ada:${password}@git.example/x`;
    for (const path of [address, encodeURIComponent(address)])
      expect((await fetch(`${url()}/v1/nowhere/${path}`)).status).toBe(404);
    const lines = () => served().lines.filter(({ fields }) => fields['status'] === 404);
    await until(() => lines().length >= 2);
    expect(JSON.stringify(lines())).toContain('git.example');
    expect(JSON.stringify(lines())).not.toContain(password);
  });
});
