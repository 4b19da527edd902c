import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { FindingPageView } from '../../src/fleet/views.ts';
import { Decision } from '../../src/model/decision.ts';
import { portcullis } from './cli.ts';
import { jsonLines, thing } from './fleet-place.ts';
import { makePlace } from './gate.ts';

const place = makePlace();
afterAll(place.dispose);

const file = (name: string): string => path.join(place.folder, name);
mkdirSync(file('exemptions'));
const PLAN = file('plan.json');
writeFileSync(
  PLAN,
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    resource_changes: [
      {
        address: 'aws_sqs_queue.jobs',
        mode: 'managed',
        type: 'aws_sqs_queue',
        name: 'jobs',
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: {
          actions: ['create'],
          before: null,
          after: { name: 'jobs', tags: {}, tags_all: {} },
          after_unknown: {},
          before_sensitive: false,
          after_sensitive: {},
        },
      },
    ],
  }),
);
writeFileSync(file('cellar.jsonl'), jsonLines([thing('rack-1', {}), thing('rack-2', {})]));

const env = {
  ...place.env,
  PORTCULLIS_EXEMPTIONS__FOLDERS: JSON.stringify([file('exemptions')]),
  PORTCULLIS_INVENTORIES: JSON.stringify([
    { type: 'json-lines', name: 'cellar', paths: [file('cellar.jsonl')] },
  ]),
};
const run = (...args: string[]) => portcullis(args, { env });

const EXEMPTION = { id: 'EX-1', rules: ['owner'], reason: 'It moves.', owner: 'ada' };
const exempt = (given: object): void =>
  writeFileSync(
    file('exemptions/all.yaml'),
    JSON.stringify({ exemptions: [{ ...EXEMPTION, until: '2999-01-01T00:00:00Z', ...given }] }),
  );

async function decisionOn(document: string) {
  const { code, stdout } = await run('check', document, '-o', 'json');
  return { code, decision: Decision.parse(JSON.parse(stdout)) };
}

describe('a plan that the gate denies', () => {
  beforeEach(() => exempt({}));

  it('is allowed while somebody bears what is wrong with it, which is still told', async () => {
    const { code, decision } = await decisionOn(PLAN);
    expect(code).toBe(0);
    expect(decision).toMatchObject({
      decision: 'allow',
      violations: [],
      exempt: [
        {
          ...{ rule: 'owner', address: 'aws_sqs_queue.jobs', exemption: 'EX-1' },
          exemptedBy: { id: 'EX-1', until: '2999-01-01T00:00:00.000Z', owner: 'ada' },
        },
      ],
      exemptions: { count: 1, digest: expect.stringMatching(/^sha256:/) as string },
      document: { notes: [] },
    });
  });

  it.each([
    ['ended', { until: '2020-01-01T00:00:00Z' }, ['exemptions-ended']],
    ['has not begun', { from: '2998-01-01T00:00:00Z' }, []],
    ['is for what exists', { points: ['sweep'] }, []],
    ['is for something else', { match: { addresses: ['*.other'] } }, []],
  ])('is denied when the exemption %s', async (_, given, notes) => {
    exempt(given);
    const { code, decision } = await decisionOn(PLAN);
    expect(code).toBe(1);
    expect(decision).toMatchObject({ exempt: [], violations: [{ rule: 'owner' }] });
    expect(decision.document.notes.map((note) => note.code)).toEqual(notes);
  });

  it('is not judged by exemptions that are wrong', async () => {
    exempt({ rules: ['onwer'] });
    const { code, stdout, stderr } = await run('check', PLAN);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain('exemption EX-1: there is no rule onwer');
  });
});

describe('portcullis rules check', () => {
  it('looks at exemptions too', async () => {
    exempt({});
    const right = await run('rules', 'check');
    expect(right.code).toBe(0);
    expect(right.stdout).toMatch(/^1 rule is right .*\n1 exemption is right\n$/);
    exempt({ policies: ['PC-TAG-999'] });
    const wrong = await run('rules', 'check');
    expect(wrong.code).not.toBe(0);
    expect(wrong.stderr).toContain('no rule is of the policy PC-TAG-999');
  });
});

describe('a finding', () => {
  it('is exempt as long as the exemption counts, by whoever reads it and without a new sweep', async () => {
    exempt({ match: { addresses: ['cellar/rack-1'] } });
    expect((await run('sweep', 'run')).stderr).not.toContain('error');
    const borne = await run('findings', 'list');
    expect(borne.stdout).toMatch(/^high +open, exempt .* cellar\/rack-1 /m);
    expect(borne.stdout).toMatch(/^high +open +\d.* cellar\/rack-2 /m);
    expect(await exemptionsOf('cellar/rack-1')).toEqual([
      { id: 'EX-1', until: '2999-01-01T00:00:00.000Z', owner: 'ada', reason: 'It moves.' },
    ]);
    exempt({ until: '2020-01-01T00:00:00Z' });
    expect(await exemptionsOf('cellar/rack-1')).toEqual([undefined]);
  });
});

async function exemptionsOf(address: string) {
  const { stdout } = await run('findings', 'list', '--address', address, '-o', 'json');
  return FindingPageView.parse(JSON.parse(stdout)).findings.map(({ exemption }) => exemption);
}
