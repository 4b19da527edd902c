import { readdirSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compose } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Gateway } from '../../src/gateway.ts';
import type { Decision } from '../../src/model/decision.ts';
import { SourceError } from '../../src/sources/errors.ts';
import { SAMPLES, readSample, samplePath } from '../samples.ts';
import { POLICY_CACHE, ROOT, portcullis } from './cli.ts';

const SLOW = 300_000;

describe('the policies that come with the gate', () => {
  it(
    'pass their own tests and examples, and every line of theirs is tested',
    async () => {
      const { code, stdout } = await portcullis(['policy', 'test']);
      const last = stdout.trimEnd().split('\n').at(-1);
      expect(last).toMatch(
        /^\d+ policies, \d+ tests, \d+ examples, coverage 100\.0 %, all passed$/,
      );
      expect(code).toBe(0);
    },
    SLOW,
  );
});

describe.skipIf(SAMPLES === undefined)('the default rules, over real plans', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    const config = loadConfig({
      env: {
        PORTCULLIS_POLICIES__FOLDERS: JSON.stringify([path.join(ROOT, 'policies')]),
        PORTCULLIS_POLICIES__CACHE: POLICY_CACHE,
        PORTCULLIS_RULES__FOLDERS: JSON.stringify([path.join(ROOT, 'rules')]),
      },
      cwd: ROOT,
    });
    gateway = await compose(config, { record: false });
  }, SLOW);

  afterAll(() => gateway.close());

  function judge(name: string): Promise<Decision> {
    const bytes = readSample(`terraform-plan/${name}`);
    return gateway.decide({ bytes, name, point: 'pre-apply', context: {} });
  }

  it.each([
    ['own__create.plan.json', 'exposure.database', 'aws_db_instance.db', 'facts.public'],
    [
      'own__create.plan.json',
      'encryption.at-rest',
      'aws_db_instance.db',
      'facts.encrypted_at_rest',
    ],
    [
      'own__create.plan.json',
      'exposure.admin-port',
      'aws_security_group.ssh',
      'facts.open_admin_port',
    ],
    [
      'own__create.plan.json',
      'identity.administrator',
      'aws_iam_policy.star',
      'facts.admin_access',
    ],
    ['own__create.plan.json', 'tagging.owner', 'aws_db_instance.db', 'tags.owner'],
    ['checkov__runner_plan.tfplan.json', 'exposure.data', 'aws_s3_bucket.data', 'facts.public'],
    [
      'checkov__runner_plan.tfplan.json',
      'secrets.environment',
      'aws_lambda_function.analysis_lambda',
      'facts.secret_in_environment',
    ],
    [
      'policy-engine__resource-changes.plan.json',
      'change.data',
      'aws_s3_bucket.delete_bucket',
      'action',
    ],
    [
      'carbonifer__plan.json',
      'cost.accelerators',
      'google_compute_instance.default[0]',
      'tags.gpu-approved-by',
    ],
  ])('%s is denied by %s for %s', async (name, rule, address, where) => {
    const { decision, violations } = await judge(name);
    expect(decision).toBe('deny');
    expect(violations).toContainEqual(expect.objectContaining({ rule, address, path: where }));
  });

  it('say unknown, not missing, where a tag comes at apply', async () => {
    const { unknown, violations } = await judge('own__create.plan.json');
    const about = { rule: 'tagging.owner', address: 'aws_s3_bucket.half_known' };
    expect(unknown).toContainEqual(expect.objectContaining(about));
    expect(violations).not.toContainEqual(expect.objectContaining(about));
  });

  it('say how to mend it in the words of the plan', async () => {
    const { violations } = await judge('carbonifer__plan.json');
    const fixes = violations.filter(({ rule }) => rule === 'tagging.owner').map(({ fix }) => fix);
    expect(new Set(fixes)).toEqual(new Set(['Add labels = { "owner" = "…" }.']));
  });

  it(
    'never fail, whatever the plan',
    async () => {
      for (const name of readdirSync(samplePath('terraform-plan'))) {
        const { failed } = await judge(name).catch(refused);
        expect(failed, name).toEqual([]);
      }
    },
    SLOW,
  );
});

/** A plan that says of itself that it cannot be applied is refused by its source; that is no failure of a policy. */
function refused(thrown: unknown): Pick<Decision, 'failed'> {
  if (thrown instanceof SourceError) return { failed: [] };
  throw thrown;
}
