import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Decision } from '../../../src/model/decision.ts';
import { ROOT } from '../cli.ts';
import { deployed, makeMachine, MENDED, NOTING_TERRAFORM, SHOP, startGate } from './pipeline.ts';
import type { Machine, RunningGate } from './pipeline.ts';

let gate: RunningGate;
let machine: Machine;

beforeAll(async () => {
  gate = await startGate();
});
afterAll(async () => await (gate as RunningGate | undefined)?.stop());

describe('deploy/jenkins', () => {
  beforeAll(() => {
    machine = makeMachine(gate, { terraform: NOTING_TERRAFORM });
  });
  afterAll(() => machine.dispose());

  it('plans, is stopped by a denial, and leaves its reports', async () => {
    const [plan = '', check = '', apply = ''] = blocks('jenkins/Jenkinsfile');
    expect(apply).toContain('terraform apply -input=false tfplan');
    const env = { GATE_HOME: ROOT, PLAN_JSON: SHOP, BUILD_TAG: 'jenkins-shop-7' };
    expect((await machine.sh(plan, env)).code).toBe(0);
    expect((await machine.sh(check, env)).code).toBe(1);
    expect(machine.file('portcullis.xml')).toContain('<failure');
    expect(machine.file('portcullis.sarif')).toContain('PC-TAG-001');
  });

  it('goes on to apply what is allowed', async () => {
    const env = { GATE_HOME: ROOT, PLAN_JSON: MENDED };
    const ran = await machine.sh(blocks('jenkins/Jenkinsfile').join('\n'), env);
    expect(ran.code).toBe(0);
    expect(machine.file('terraform.log')).toMatch(/apply -input=false tfplan\n$/);
  });

  it('asks over HTTP as the gate wants to be asked', async () => {
    const text = deployed('jenkins/Jenkinsfile.http');
    const [, query = ''] = /\}(\/v1\/decisions\?[^$]*)\$\{/.exec(text) ?? [];
    expect(query).toContain('point=pre-apply');
    const answer = await fetch(`${gate.url}${query}jenkins-shop-7`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: readFileSync(MENDED, 'utf8'),
    });
    expect(answer.status).toBe(200);
    const { decision, reason, id } = Decision.parse(await answer.json());
    expect(decision).toBe('allow');
    expect([reason, id]).not.toContain('');
    expect(text).toContain("if (decision.decision != 'allow')");
  });

  /** The shell blocks of the stages, in order. */
  function blocks(file: string): string[] {
    return [...deployed(file).matchAll(/sh '''\n(.*?)'''/gs)].map(([, script = '']) => script);
  }
});
