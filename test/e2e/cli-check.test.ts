import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { Decision } from '../../src/model/decision.ts';
import { SAMPLES, samplePath } from '../samples.ts';
import { portcullis, ROOT, temporaryFolder } from './cli.ts';

const { folder, dispose } = temporaryFolder();
afterAll(dispose);

const SHOP = 'fixtures/terraform-plan/web-shop/plan.json';
const MENDED = 'fixtures/terraform-plan/web-shop-mended/plan.json';
const PARTIAL = 'fixtures/terraform-plan/targeted-deferred/plan.json';
const plan = (name: string) => readFileSync(path.join(ROOT, name));

describe('exit codes of portcullis check', () => {
  it.each<[string, string[], number]>([
    ['allowed', [MENDED], 0],
    ['denied', [SHOP], 1],
    ['a warning, on demand', [PARTIAL, '--fail-on', 'warn'], 1],
    ['an unknown, on demand', [PARTIAL, '--fail-on', 'unknown'], 1],
    ['a warning and an unknown, when nobody asks', [PARTIAL], 0],
    ['one denied of two', [MENDED, SHOP], 1],
    ['no such file', ['no-such-plan.json'], 2],
    ['something that is no document', ['package.json'], 2],
    ['policies that are not there', [MENDED, '--policies', 'no-such-folder'], 2],
    ['no document', [], 3],
    ['an unknown option', [MENDED, '--no-such-option'], 3],
    ['an unknown format', [MENDED, '--output', 'pdf'], 3],
    ['an unknown point', [MENDED, '--point', 'lunch'], 3],
    ['an unknown command', ['no-such-command'], 3],
  ])('%s: %s', async (name, args, code) => {
    const ran = await portcullis(name === 'an unknown command' ? args : ['check', ...args]);
    expect(ran).toMatchObject({ code });
    if (code > 1) expect(ran.stdout + ran.stderr).not.toBe('');
    if (code === 3) expect(ran.stdout).toBe('');
  });
});

describe('where documents come from', () => {
  it('standard input, packed or not', async () => {
    for (const input of [plan(SHOP), gzipSync(plan(SHOP))]) {
      const { code, stdout } = await portcullis(['check', '-', '-o', 'json'], { input });
      expect(code).toBe(1);
      expect(Decision.parse(JSON.parse(stdout)).document.resources).toBeGreaterThan(10);
    }
  });

  it('a folder: documents are judged, other files are named and skipped', async () => {
    const mixed = path.join(folder, 'mixed');
    mkdirSync(path.join(mixed, 'deeper'), { recursive: true });
    writeFileSync(path.join(mixed, 'deeper/plan.json'), plan(MENDED));
    writeFileSync(path.join(mixed, 'package.json'), '{"name":"x"}');
    const { code, stdout, stderr } = await portcullis(['check', mixed]);
    expect(stdout).toContain('ALLOWED');
    expect(stderr).toContain('package.json');
    expect(code).toBe(0);
  });

  it('a folder in which nothing is a document is no pass', async () => {
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    expect((await portcullis(['check', empty])).code).toBe(2);
    writeFileSync(path.join(empty, 'package.json'), '{"name":"x"}');
    expect((await portcullis(['check', empty])).code).toBe(2);
  });

  it('what cannot be judged does not keep the others from an answer', async () => {
    writeFileSync(path.join(folder, 'cut.json'), plan(SHOP).subarray(0, 500));
    const { code, stdout } = await portcullis(['check', path.join(folder, 'cut.json'), MENDED]);
    expect(stdout).toContain('NOT JUDGED');
    expect(stdout).toContain('ALLOWED');
    expect(code).toBe(2);
  });
});

describe('outputs', () => {
  it('go to standard output and into files at once', async () => {
    const sarif = path.join(folder, 'report.sarif');
    const { stdout } = await portcullis(['check', SHOP, '-o', `sarif=${sarif}`, '-o', 'markdown']);
    expect(stdout).toContain('### ❌ Denied');
    expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  it('say what the values of the plan are, but never the sensitive ones', async () => {
    const secrets = 'fixtures/terraform-plan/secrets/plan.json';
    const marked = sensitiveTexts(JSON.parse(plan(secrets).toString()));
    expect(marked.length).toBeGreaterThan(0);
    for (const format of ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown']) {
      const { stdout, stderr } = await portcullis(['check', secrets, '-o', format]);
      for (const secret of marked) expect(stdout + stderr).not.toContain(secret);
    }
  });
});

describe('records of a local check', () => {
  it('are kept on demand, listed and shown', async () => {
    const env = { PORTCULLIS_DATA: path.join(folder, 'data') };
    const checked = await portcullis(
      ['check', SHOP, '--record', '--actor', 'ada', '--run', 'build=7', '-o', 'json'],
      { env },
    );
    const decision = Decision.parse(JSON.parse(checked.stdout));
    expect(decision.context).toEqual({ actor: 'ada', run: { build: '7' } });

    const listed = await portcullis(
      ['audit', 'list', '--decision', 'deny', '--since', '1h', '-o', 'json'],
      { env },
    );
    expect(JSON.parse(listed.stdout)).toMatchObject({
      records: [{ sequence: 0, id: decision.id }],
    });
    expect((await portcullis(['audit', 'list', '--decision', 'allow'], { env })).stdout).toBe(
      'no decisions\n',
    );

    const shown = await portcullis(['audit', 'show', decision.id, '-o', 'json'], { env });
    expect(JSON.parse(shown.stdout)).toEqual(decision);
    expect((await portcullis(['audit', 'show', 'no-such-id'], { env })).code).toBe(2);
  });
});

describe.skipIf(SAMPLES === undefined)('real documents', () => {
  it('every real plan gets a decision', async () => {
    const { stdout, code } = await portcullis([
      'check',
      samplePath('terraform-plan'),
      '-o',
      'json',
    ]);
    const { decisions, errors } = z
      .object({ decisions: z.array(Decision), errors: z.array(z.unknown()) })
      .parse(JSON.parse(stdout));
    expect(errors).toEqual([]);
    expect(decisions.length).toBeGreaterThanOrEqual(40);
    expect(decisions.flatMap(({ failed }) => failed)).toEqual([]);
    expect(code).toBe(1);
  }, 120_000);

  it.each([
    ['terraform-plan-malformed/own__plan-json-ui-log.ndjson', /terraform show -json/],
    ['terraform-plan-malformed/terraform-json__invalid.plan.json', /line 676/],
    ['terraform-state/driftctl__aws_s3_full.terraform.tfstate', /state/],
    ['chef/automate__node_create.json', /not of any known format/],
  ])('%s is not judged, and is told what it is', async (name, says) => {
    const { code, stdout, stderr } = await portcullis(['check', samplePath(name)]);
    expect(code).toBe(2);
    expect(stdout + stderr).toMatch(says);
    expect(stdout).not.toContain('ALLOWED');
  });

  it.each([
    'admissionreview/own__kube-1.34-create-deployment.json',
    'admissionreview/policy-server__pod_with_privileged_containers.json',
    'kubernetes/gatekeeper__deployment_nolimit.yaml',
    'istio/istio__bookinfo-gateway.yaml',
    'argo/argo-workflows__exit-handlers.yaml',
  ])('%s gets a decision', async (name) => {
    const { code } = await portcullis(['check', '--point', 'admission', samplePath(name)]);
    expect([0, 1]).toContain(code);
  });
});

/** Every text of `after` that `after_sensitive` marks. */
function sensitiveTexts(document: unknown): string[] {
  const Plan = z.object({
    resource_changes: z.array(
      z.object({ change: z.object({ after: z.unknown(), after_sensitive: z.unknown() }) }),
    ),
  });
  const marked = (value: unknown, mark: unknown): string[] => {
    if (mark === true) return typeof value === 'string' && value.length > 3 ? [value] : [];
    if (typeof mark !== 'object' || mark === null || typeof value !== 'object' || value === null)
      return [];
    return Object.entries(mark).flatMap(([key, inner]) => marked(Reflect.get(value, key), inner));
  };
  return Plan.parse(document).resource_changes.flatMap(({ change }) =>
    marked(change.after, change.after_sensitive),
  );
}
