import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { deployedYaml, makeMachine, MENDED, SHOP, startGate } from './pipeline.ts';
import type { Machine, RunningGate } from './pipeline.ts';

let gate: RunningGate;
let machine: Machine;

beforeAll(async () => {
  gate = await startGate();
});
afterAll(async () => await (gate as RunningGate | undefined)?.stop());

describe('deploy/atlantis', () => {
  const Steps = z.object({
    steps: z.array(
      z.union([
        z.enum(['init', 'plan', 'show', 'apply']),
        z.strictObject({ run: z.string() }),
        z.strictObject({ env: z.strictObject({ name: z.string(), value: z.string() }) }),
      ]),
    ),
  });
  const Workflows = z.record(z.string(), z.strictObject({ plan: Steps, apply: Steps }));
  const repos = z
    .object({ repos: z.array(z.object({ workflow: z.string() })), workflows: Workflows })
    .parse(deployedYaml('atlantis/repos.yaml'));
  const repository = z
    .object({
      version: z.literal(3),
      projects: z.array(z.object({ workflow: z.string() })),
      workflows: Workflows,
    })
    .parse(deployedYaml('atlantis/atlantis.yaml'));
  const cases = [
    { name: 'portcullis', workflow: repos.workflows['portcullis']! },
    { name: 'portcullis-server', workflow: repos.workflows['portcullis-server']! },
    { name: 'atlantis.yaml', workflow: repository.workflows['portcullis']! },
  ];

  beforeAll(() => {
    machine = makeMachine(gate);
  });
  afterAll(() => machine.dispose());

  it('names workflows that are there', () => {
    for (const { workflow } of repos.repos) expect(repos.workflows).toHaveProperty(workflow);
    for (const { workflow } of repository.projects)
      expect(repository.workflows).toHaveProperty(workflow);
  });

  it.each(cases)('$name asks after the plan is shown and before it is applied', ({ workflow }) => {
    const plan = workflow.plan.steps.filter((step) => typeof step !== 'object' || 'run' in step);
    expect(plan.map((step) => (typeof step === 'object' ? 'run' : step))).toEqual([
      ...['init', 'plan', 'show', 'run'],
    ]);
    const apply = workflow.apply.steps.filter((step) => typeof step !== 'object' || 'run' in step);
    expect(apply.map((step) => (typeof step === 'object' ? 'run' : step))).toEqual([
      ...['show', 'run', 'apply'],
    ]);
  });

  it.each(cases)(
    '$name removes a plan that is denied, and keeps one that is allowed',
    async ({ workflow }) => {
      const planfile = path.join(machine.folder, 'default.tfplan');
      for (const [showfile, code] of [
        [SHOP, 1],
        [MENDED, 0],
      ] as const) {
        for (const [phase, kept] of [
          ['plan', code === 0],
          ['apply', true],
        ] as const) {
          writeFileSync(planfile, 'binary');
          const script = workflow[phase].steps.flatMap((step) =>
            typeof step === 'object' && 'run' in step ? [step.run] : [],
          );
          const ran = await machine.sh(`sh -c '${script.join('\n')}'`, {
            SHOWFILE: showfile,
            PLANFILE: planfile,
            USER_NAME: 'ana',
            PULL_NUM: '7',
            HEAD_COMMIT: 'abc',
            BASE_REPO_OWNER: 'shop',
            BASE_REPO_NAME: 'infrastructure',
            GATE_SERVER: gate.url,
          });
          expect([phase, ran.code, existsSync(planfile)], ran.stdout + ran.stderr).toEqual([
            phase,
            code,
            kept,
          ]);
        }
      }
    },
    180_000,
  );
});
