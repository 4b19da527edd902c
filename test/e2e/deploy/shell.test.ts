import { existsSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ROOT } from '../cli.ts';
import { makeMachine, MENDED, NOTING_TERRAFORM, SHOP, startGate } from './pipeline.ts';
import type { Machine, RunningGate } from './pipeline.ts';

let gate: RunningGate;
let machine: Machine;

beforeAll(async () => {
  gate = await startGate();
});
afterAll(async () => await (gate as RunningGate | undefined)?.stop());

describe('deploy/shell', () => {
  const GATE = `bash '${ROOT}deploy/shell/gate.sh'`;

  beforeAll(() => {
    machine = makeMachine(gate, {
      terraform: NOTING_TERRAFORM,
      verdict: 'echo "$@" > verdict.log; exit "$VERDICT"',
    });
  });
  afterAll(() => machine.dispose());

  it.each([
    ['0', 0, 'allowed. Applying this plan.', true],
    ['1', 1, 'denied. Nothing was applied.', false],
    ['2', 2, 'the plan could not be judged. Nothing was applied.', false],
    ['3', 3, 'portcullis check was called wrongly. Nothing was applied.', false],
    ['137', 137, 'portcullis ended with 137 and gave no verdict. Nothing was applied.', false],
  ])('a verdict of %s ends with %i: %s', async (verdict, code, said, applies) => {
    const ran = await machine.sh(`rm -f terraform.log; ${GATE} --fail-on warn -- -target=a`, {
      GATE_CLI: 'verdict',
      VERDICT: verdict,
      PLAN_JSON: SHOP,
    });
    expect(ran.code).toBe(code);
    expect(ran.stderr).toBe(`gate: ${said}\n`);
    const calls = machine.file('terraform.log').trim().split('\n');
    expect(calls[0]).toMatch(/^plan -input=false -out=\S+\/tfplan -target=a$/);
    expect(calls.some((call) => call.startsWith('apply'))).toBe(applies);
    expect(machine.file('verdict.log')).toMatch(/^check \S+\/plan\.json --fail-on warn$/m);
    // The plan, which holds secrets, is gone.
    const plan = /^check (\S+)/.exec(machine.file('verdict.log'))?.[1] ?? '.';
    expect(existsSync(plan)).toBe(false);
    if (applies) expect(calls.at(-1)).toBe(`apply -input=false ${path.dirname(plan)}/tfplan`);
  });

  it.each([
    ['plan', { PLAN_FAILS: '7' }, 7],
    ['show', { SHOW_FAILS: '5' }, 5],
  ])('a terraform %s that fails is no verdict', async (name, fails, code) => {
    const env = { GATE_CLI: 'verdict', VERDICT: '0', PLAN_JSON: SHOP, ...fails };
    const ran = await machine.sh(`rm -f terraform.log; ${GATE}`, env);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(`terraform ${name} failed`);
    expect(machine.file('terraform.log')).not.toContain('apply');
  });

  it('a missing command is said, and nothing is done', async () => {
    const ran = await machine.sh(`rm -f terraform.log; ${GATE}`, { GATE_CLI: 'no-such-command' });
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('no-such-command is not on the PATH');
    expect(existsSync(path.join(machine.folder, 'terraform.log'))).toBe(false);
  });

  it('asks a running gate, and stays shut when none runs', async () => {
    const env = { PLAN_JSON: MENDED };
    const asked = await machine.sh(`${GATE} --no-apply --server ${gate.url}`, env);
    expect(asked.stderr).toContain('gate: allowed. Not applied, as asked.');
    expect(asked.code).toBe(0);
    const away = await machine.sh(
      `rm -f terraform.log; ${GATE} --server http://127.0.0.1:1 2>&1`,
      env,
    );
    expect(away.code).toBe(2);
    expect(away.stdout).toContain('did not answer');
    expect(machine.file('terraform.log')).not.toContain('apply');
  });
});
