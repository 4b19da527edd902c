import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Gateway } from '../../src/gateway.ts';
import { Decision } from '../../src/model/decision.ts';
import { portcullis } from './cli.ts';
import { makePlace, openGateway, serve } from './gate.ts';
import type { Served } from './gate.ts';

const SHOP = 'fixtures/terraform-plan/web-shop/plan.json';

describe('portcullis check --server', () => {
  const place = makePlace();
  let gateway: Gateway;
  let gate: Served;
  beforeAll(async () => {
    gateway = await openGateway(place);
    gate = await serve(place, gateway);
  });
  afterAll(async () => {
    await gate.stop();
    await gateway.close();
    place.dispose();
  });

  it('asks the gate, which judges by its own rules and keeps the record', async () => {
    const args = [
      'check',
      SHOP,
      '--server',
      gate.url,
      '--actor',
      'ci',
      '--run',
      'number=12',
      '-o',
      'json',
    ];
    const { code, stdout } = await portcullis(args);
    const decision = Decision.parse(JSON.parse(stdout));
    expect(code).toBe(1);
    expect(decision.rules.count).toBe(1);
    expect(decision.context).toEqual({ actor: 'ci', run: { number: '12' } });
    expect((await gateway.find(decision.id))?.decision).toEqual(decision);
  });

  it('passes on why the gate could not judge', async () => {
    const { code, stdout } = await portcullis(['check', '-', '--server', gate.url], {
      input: '{"a":',
    });
    expect(code).toBe(2);
    expect(stdout).toContain('NOT JUDGED');
    expect(stdout).toMatch(/SOURCE_MALFORMED/);
  });

  it('an answer that never comes is no pass', async () => {
    const { code, stdout } = await portcullis(['check', SHOP, '--server', 'http://127.0.0.1:9']);
    expect(code).toBe(2);
    expect(stdout).toContain('SERVER_UNREACHABLE');
  });

  it('something that is no gate is no pass either', async () => {
    const { code, stdout } = await portcullis([
      'check',
      SHOP,
      '--server',
      `${gate.url}/docs/no-gate-here`,
    ]);
    expect(code).toBe(2);
    expect(stdout).toContain('SERVER_REFUSED');
  });

  it('an address that is none is wrong usage', async () => {
    expect((await portcullis(['check', SHOP, '--server', 'ftp://gate'])).code).toBe(3);
  });
});
