import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { ROOT } from '../cli.ts';
import { deployedYaml, makeMachine, MENDED, SHOP, startGate } from './pipeline.ts';
import type { Machine, RunningGate } from './pipeline.ts';

const Step = z.object({
  name: z.string(),
  id: z.string().optional(),
  shell: z.literal('bash'),
  run: z.string(),
  'working-directory': z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
});
const Input = z.strictObject({
  description: z.string(),
  required: z.boolean().optional(),
  default: z.string().optional(),
});
const Action = z.object({
  name: z.string(),
  description: z.string(),
  inputs: z.record(z.string(), Input),
  outputs: z.record(z.string(), z.object({ description: z.string(), value: z.string() })),
  runs: z.object({ using: z.literal('composite'), steps: z.array(Step) }),
});

let gate: RunningGate;
let machine: Machine;

beforeAll(async () => {
  gate = await startGate();
});
afterAll(async () => await (gate as RunningGate | undefined)?.stop());

describe('deploy/github-actions', () => {
  const action = Action.parse(deployedYaml('github-actions/action.yml'));

  beforeAll(() => {
    machine = makeMachine(gate);
    copyFileSync(SHOP, path.join(machine.folder, 'plan.json'));
    copyFileSync(MENDED, path.join(machine.folder, 'mended.json'));
  });
  afterAll(() => machine.dispose());

  it('pastes nothing that a caller chooses into a script', () => {
    for (const step of action.runs.steps) expect(step.run).not.toContain('${{');
  });

  it('hands over every input, and promises only outputs that are set', () => {
    const text = JSON.stringify(action.runs.steps);
    for (const name of Object.keys(action.inputs)) expect(text).toContain(`inputs.${name} `);
    const ids = action.runs.steps.map(({ id }) => id);
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.check.outputs.${name} }}`);
      expect(ids).toContain('check');
    }
  });

  it('installs and builds what is not there yet', async () => {
    const env = { GITHUB_ACTION_PATH: `${ROOT}deploy/github-actions` };
    const ran = await machine.sh(stepOf('Install Portcullis').run, env);
    expect(ran.code, ran.stderr).toBe(0);
  });

  it('denies, with annotations, a summary, outputs and SARIF', async () => {
    const { code, stdout, outputs, summary } = await act({ 'plan-file': 'plan.json' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=plan\.json,title=PC-TAG-001/m);
    expect(stdout.match(/^::error/gm)?.length).toBeLessThanOrEqual(10);
    // What the report quotes of the plan stands between these, where the runner obeys nothing.
    const [, token = '?'] = /^::stop-commands::(\w{32})$/m.exec(stdout) ?? [];
    const quoted = stdout.slice(stdout.indexOf(token), stdout.lastIndexOf(`::${token}::`));
    expect(quoted).toContain('Denied: 3 violations.');
    expect(summary).toContain('### ❌ Denied: plan.json');
    expect(outputs).toMatchObject({ decision: 'deny', violations: '3' });
    const sarif: unknown = JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8'));
    expect(sarif).toMatchObject({ version: '2.1.0' });
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['what is mended', { 'plan-file': 'mended.json' }, 0, 'allow'],
    ['a warning, on demand', { 'plan-file': 'mended.json', 'fail-on': 'deny, warn' }, 1, 'allow'],
    ['no such plan', { 'plan-file': 'no-such.json' }, 2, 'error'],
    ['a wrong input', { 'plan-file': 'mended.json', 'fail-on': 'lunch' }, 3, 'error'],
    [
      'a gate that is away',
      { 'plan-file': 'mended.json', server: 'http://127.0.0.1:1' },
      2,
      'error',
    ],
    ['a plan with the name of an option', { 'plan-file': '--help' }, 2, 'error'],
  ])('%s', async (_, inputs, code, decision) => {
    const ran = await act(inputs);
    const said = ran.stdout + ran.stderr;
    expect({ code: ran.code, decision: ran.outputs['decision'] }, said).toEqual({ code, decision });
    if (decision === 'error') expect(ran.stdout).toMatch(/^::error /m);
  });

  it('asks a running gate, in the name of the actor', async () => {
    const ran = await act({ 'plan-file': 'mended.json', server: gate.url });
    expect(ran.outputs['decision']).toBe('allow');
    const listed = await fetch(`${gate.url}/v1/decisions?limit=1`);
    expect(JSON.stringify(await listed.json())).toContain('"octocat"');
  });

  function stepOf(name: string) {
    return action.runs.steps.find((step) => step.name === name)!;
  }

  /** Runs the step as a runner does: inputs resolved, variables set. */
  async function act(given: Record<string, string>) {
    const inputs = (text: string) =>
      text.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => {
        return given[name] ?? action.inputs[name]?.default ?? '';
      });
    const files = { GITHUB_OUTPUT: 'outputs.txt', GITHUB_STEP_SUMMARY: 'summary.md' };
    for (const file of Object.values(files)) writeFileSync(path.join(machine.folder, file), '');
    const step = stepOf('Check');
    const env = Object.entries(step.env).map(([key, value]) => [key, inputs(value)]);
    const ran = await machine.sh(`cd "${inputs(step['working-directory'] ?? '')}"; ${step.run}`, {
      GITHUB_ACTION_PATH: `${ROOT}deploy/github-actions`,
      GITHUB_ACTOR: 'octocat',
      RUNNER_TEMP: machine.folder,
      GITHUB_OUTPUT: path.join(machine.folder, files.GITHUB_OUTPUT),
      GITHUB_STEP_SUMMARY: path.join(machine.folder, files.GITHUB_STEP_SUMMARY),
      ...z.record(z.string(), z.string()).parse(Object.fromEntries(env)),
    });
    const lines = machine.file(files.GITHUB_OUTPUT).trim().split('\n');
    const outputs = lines.map((line) => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]);
    return {
      ...ran,
      outputs: z.record(z.string(), z.string()).parse(Object.fromEntries(outputs)),
      summary: machine.file(files.GITHUB_STEP_SUMMARY),
    };
  }
});
