import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compose } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Gateway } from '../../src/gateway.ts';
import type { Resource } from '../../src/model/resource.ts';
import { judgeAgain } from '../../src/repair/judge.ts';
import type { RepairSubject } from '../../src/repair/plan/input.ts';
import type { RepairPlan } from '../../src/repair/plan/model.ts';
import { planRepairs } from '../../src/repair/plan/plan.ts';
import { toSubject } from '../../src/repair/subjects.ts';
import { CLOUD, NOW } from '../unit/repair/estate.ts';
import { POLICY_CACHE, ROOT } from './cli.ts';

const SLOW = 300_000;
const COMPLETE = { owner: 'ada', 'cost-center': '4711', environment: 'test' };

/** The rules and policies that come with the gate, judged by the real engine. */
describe('the repairs of the default rules', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    const config = loadConfig({
      env: {
        PORTCULLIS_POLICIES__FOLDERS: JSON.stringify([path.join(ROOT, 'policies')]),
        PORTCULLIS_POLICIES__CACHE: POLICY_CACHE,
        PORTCULLIS_RULES__FOLDERS: JSON.stringify([path.join(ROOT, 'rules')]),
        PORTCULLIS_ENGINE__WORKERS: '1',
      },
      cwd: ROOT,
    });
    gateway = await compose(config, { record: false });
  }, SLOW);

  afterAll(() => gateway.close());

  const judge = async (resources: readonly Resource[]) => {
    const asked = { point: 'sweep', context: {}, now: NOW, deadlineMs: 60_000 } as const;
    return (await gateway.judge({ resources, ...asked })).verdicts;
  };

  /** What is planned for a bucket with these tags, among a thousand. */
  const planFor = async (
    tags: Readonly<Record<string, string>>,
    given: Partial<RepairSubject> = {},
  ): Promise<RepairPlan> => {
    const known = {
      address: 'arn:aws:s3:::logs',
      kind: 'aws.s3.bucket',
      type: 'AWS::S3::Bucket',
      provider: 'aws',
      scope: { account: '111122223333', region: 'eu-central-1' },
      tags: { state: 'known', values: tags, unknown: [] },
      taggable: true,
      parents: [],
      managedBy: undefined,
      createdBy: undefined,
      inventory: 'aws',
    } as const;
    const subject = { ...toSubject(known, () => undefined), ...given };
    const { rules } = gateway.rules();
    const verdicts = await judge([subject.resource]);
    const judged = Object.fromEntries(rules.map(({ id }) => [id, 1000]));
    const plan = planRepairs({
      subjects: [subject],
      verdicts,
      rules,
      coverage: { complete: true, gaps: [], judged },
      history: [],
      taggers: { aws: CLOUD },
      now: NOW,
    });
    const { signal } = new AbortController();
    return judgeAgain(plan, { subjects: [subject], verdicts, rules, judge, signal });
  };

  it.each([
    [
      'a misspelt key is spelt as agreed',
      { ...COMPLETE, owner: '', Owner: 'grace' },
      { owner: 'grace' },
      ['Owner'],
    ],
    [
      'another word for a key is kept beside it',
      { ...without('cost-center'), costcode: '12' },
      { 'cost-center': '12' },
      ['costcode'],
    ],
    [
      'a short word for an environment is told in full',
      { ...without('environment'), env: 'dev' },
      { environment: 'development' },
      ['env'],
    ],
    [
      'an environment is one of those that we have',
      { ...COMPLETE, environment: 'Prod' },
      { environment: 'production' },
      [],
    ],
    ['the right key is there already', { ...COMPLETE, OWNER: 'ada' }, {}, ['OWNER']],
  ])('%s', async (_, tags, set, remove) => {
    const { changes, breaches } = await planFor(tags);
    expect(breaches).toEqual([]);
    const [change] = changes;
    expect(values(change?.set)).toEqual(set);
    expect(Object.keys(change?.remove ?? {})).toEqual(remove);
    expect(change?.judgement?.stillViolated).toEqual([]);
    expect(change?.judgement?.compliantWith).not.toEqual([]);
  });

  it('takes an owner from the parent, then from the creator, and asks a person at last', async () => {
    const bare = without('owner');
    const vpc = {
      role: 'vpc',
      address: 'arn:vpc',
      tags: { state: 'known', values: { owner: 'net' } },
    } as const;
    const createdBy = { name: 'grace@example.com' };
    const owners = await Promise.all(
      [{ parents: [vpc], createdBy }, { createdBy }].map(async (given) =>
        values((await planFor(bare, given)).changes[0]?.set),
      ),
    );
    expect(owners).toEqual([{ owner: 'net' }, { owner: 'grace@example.com' }]);
    const { changes, refusals } = await planFor(bare);
    expect(changes).toEqual([]);
    expect(refusals).toMatchObject([{ code: 'no-value', keys: ['owner'] }]);
  });

  it('does not spread a placeholder', async () => {
    const { changes, refusals } = await planFor({ ...COMPLETE, owner: '', Owner: 'TODO' });
    expect(changes).toEqual([]);
    expect(refusals).toMatchObject([{ code: 'makes-worse' }]);
    expect(refusals[0]?.message).toContain('tagging.placeholder');
  });

  it('leaves two people who disagree to a person', async () => {
    const { changes, refusals } = await planFor({ ...COMPLETE, owner: '', Owner: 'a', OWNER: 'b' });
    expect(changes).toEqual([]);
    expect(refusals).toMatchObject([{ code: 'spellings-disagree' }]);
  });
});

function without(key: keyof typeof COMPLETE): Record<string, string> {
  return Object.fromEntries(Object.entries(COMPLETE).filter(([name]) => name !== key));
}

function values(set: RepairPlan['changes'][number]['set'] | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(set ?? {}).map(([key, { after }]) => [key, after]));
}
