import { copyFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { ROOT } from '../cli.ts';
import { deployedYaml, makeMachine, MENDED, SHOP, startGate } from './pipeline.ts';
import type { Machine, RunningGate } from './pipeline.ts';

let gate: RunningGate;
let machine: Machine;

beforeAll(async () => {
  gate = await startGate();
});
afterAll(async () => await (gate as RunningGate | undefined)?.stop());

describe('deploy/gitlab', () => {
  const Job = z.object({
    image: z.string(),
    allow_failure: z.literal(false),
    variables: z.record(z.string(), z.string()),
    before_script: z.array(z.string()),
    script: z.array(z.string()),
    artifacts: z.object({
      when: z.literal('always'),
      reports: z.object({ codequality: z.string(), junit: z.string() }),
    }),
  });
  const job = z
    .strictObject({ '.portcullis': Job })
    .parse(deployedYaml('gitlab/portcullis.gitlab-ci.yml'))['.portcullis'];
  const { codequality, junit } = job.artifacts.reports;

  beforeAll(() => {
    machine = makeMachine(gate);
    copyFileSync(SHOP, path.join(machine.folder, 'plan.json'));
    copyFileSync(MENDED, path.join(machine.folder, 'mended.json'));
  });
  afterAll(() => machine.dispose());

  it('denies, and leaves both reports', async () => {
    expect((await work({ GATE_HOME: ROOT })).code).toBe(1);
    const quality = z
      .array(z.object({ check_name: z.string(), fingerprint: z.string() }))
      .parse(JSON.parse(machine.file(codequality)));
    expect(quality.map(({ check_name }) => check_name)).toContain('PC-TAG-001');
    expect(machine.file(junit)).toContain('<testsuites');
  });

  it.each([
    ['allows what is mended', { GATE_PLAN: 'mended.json' }, 0],
    ['asks a running gate', { GATE_PLAN: 'mended.json', GATE_SERVER: '(gate)' }, 0],
    ['fails on a warning, on demand', { GATE_PLAN: 'mended.json', GATE_FAIL_ON: 'warn' }, 1],
    ['fails without a plan', { GATE_PLAN: 'no-such.json' }, 2],
    ['fails when the gate is away', { GATE_SERVER: 'http://127.0.0.1:1' }, 2],
  ])('%s', async (_, variables, code) => {
    const server = 'GATE_SERVER' in variables && variables.GATE_SERVER === '(gate)';
    const ran = await work({
      GATE_HOME: ROOT,
      ...variables,
      ...(server ? { GATE_SERVER: gate.url } : {}),
    });
    expect(ran.code, ran.stdout + ran.stderr).toBe(code);
  });

  it('says what it needs when nobody told it where Portcullis is', async () => {
    const ran = await work({});
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain('set it to the address of the Portcullis repository');
  });

  async function work(variables: Record<string, string>) {
    const all = Object.entries({ ...job.variables, ...variables });
    const env = all.map(([key, value]) => [key, value.replace('$CI_PROJECT_DIR', machine.folder)]);
    return await machine.sh(
      [...job.before_script, ...job.script].join('\n'),
      z.record(z.string(), z.string()).parse(Object.fromEntries(env)),
    );
  }
});
