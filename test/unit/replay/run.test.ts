import { describe, expect, it } from 'vitest';

import { exemptionSet } from '../../../src/bindings/exemption.ts';
import type { Decision } from '../../../src/model/decision.ts';
import { Impact } from '../../../src/replay/impact/model.ts';
import { impactOf } from '../../../src/replay/impact/run.ts';
import type { ImpactParts, ImpactQuery } from '../../../src/replay/impact/run.ts';
import { violation } from '../../decisions.ts';
import { exemption, policy, resource, rule } from '../../rules.ts';
import {
  candidateOf,
  keptDecision,
  ledgerOf,
  noOwner,
  ruleSetOf,
  scriptedEngine,
} from './scripted.ts';
import type { Kept } from './scripted.ts';

const NOW = new Date('2026-11-26T08:00:00Z');

function impact(
  kept: readonly Kept[],
  given: Partial<Omit<ImpactParts, 'query'>> & { query?: Partial<ImpactQuery> } = {},
) {
  const { query, ...parts } = given;
  return impactOf({
    ledger: ledgerOf(kept),
    candidate: candidateOf(scriptedEngine(noOwner)),
    query: { limit: 1000, teamTags: ['owner', 'team'], ...query },
    clock: () => NOW,
    concurrency: 3,
    ...parts,
  });
}

const UNOWNED = resource({ tags: { team: 'payments' }, scope: { account: '1234' } });
const OWNED = resource({ tags: { owner: 'ada' } });

describe('the impact of a candidate on recorded decisions', () => {
  it('tells which decisions flip, by rule, team and account, and names the resources', async () => {
    const told = await impact([
      keptDecision(1, [OWNED]),
      keptDecision(2, [UNOWNED]),
      keptDecision(3, [OWNED], { decision: 'deny', violations: [violation('gone')] }),
    ]);
    expect(told.decisions).toEqual({
      ...{ read: 3, replayed: 3, distinct: 2 },
      ...{ toDeny: 1, toAllow: 1, toUnknown: 0, newWarnings: 0, goneWarnings: 0, unchanged: 1 },
    });
    expect(told.flips.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['decision-3', 'deny', 'allow'],
      ['decision-2', 'allow', 'deny'],
    ]);
    expect(told.rules.map((one) => [one.rule, one.toDeny, one.toAllow, one.resources])).toEqual([
      ['tagging.owner', 1, 0, ['aws_s3_bucket.data']],
      ['gone', 0, 1, ['aws_s3_bucket.b']],
    ]);
    expect(told.teams.map(({ name, newDenials }) => [name, newDenials])).toEqual([
      ['payments', 1],
      ['(nobody named)', 0],
    ]);
    expect(told.accounts.map(({ name }) => name)).toEqual(['1234', '(no account)']);
    expect(Impact.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
  });

  it('judges the same resources at the same point once', async () => {
    const engine = scriptedEngine(noOwner);
    const kept = Array.from({ length: 50 }, (_, number) => keptDecision(number, [UNOWNED]));
    const admission = keptDecision(50, [UNOWNED], { point: 'admission' });
    const told = await impact([...kept, admission], { candidate: candidateOf(engine) });
    expect([engine.asked(), told.decisions.distinct, told.decisions.toDeny]).toEqual([1, 2, 51]);
  });

  it('judges each by the time of its own where a policy looks at the clock', async () => {
    const late = scriptedEngine(({ address }, now) =>
      now < '2026-11-01' ? [] : [{ address, path: '', message: 'too late' }],
    );
    const candidate = candidateOf(late, { isConstant: () => false });
    const kept = ['2026-10-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'].map((time, number) =>
      keptDecision(number, [OWNED], { time }),
    );
    const { decisions } = await impact(kept, { candidate });
    expect([decisions.toDeny, decisions.unchanged, decisions.distinct]).toEqual([1, 1, 1]);
  });

  it('counts what could not be replayed, and says why', async () => {
    const told = await impact([
      keptDecision(1, undefined),
      { ...keptDecision(2, [OWNED]), input: 'damaged' },
      { ...keptDecision(3, [OWNED]), input: '{"of":"another version"}' },
      keptDecision(4, [OWNED]),
      { ...keptDecision(5, [OWNED]), gone: true },
    ]);
    expect(told.decisions).toMatchObject({ read: 5, replayed: 1, unchanged: 1 });
    expect(
      told.notReplayed.map(({ reason, decisions, examples }) => [reason, decisions, examples]),
    ).toEqual([
      ['no-body', 1, ['decision-5']],
      ['strange-input', 1, ['decision-3']],
      ['damaged-input', 1, ['decision-2']],
      ['no-input', 1, ['decision-1']],
    ]);
  });

  it('calls a verdict that reads a redacted value untold, and no pass', async () => {
    const secrets = rule({
      id: 'no-secrets',
      policy: policy({ perPath: false }),
      reads: ['config.password'],
    });
    const candidate = candidateOf(
      scriptedEngine(() => []),
      { rules: ruleSetOf(secrets) },
    );
    const hidden = resource({
      config: { password: 'correct horse' },
      sensitive: ['config.password'],
    });
    const told = await impact([keptDecision(1, [hidden])], { candidate });
    expect(told.decisions).toMatchObject({ toUnknown: 1, unchanged: 0 });
    expect(told.untold).toEqual([
      {
        rule: 'no-secrets',
        policy: 'PC-TAG-001',
        verdicts: 1,
        paths: ['config.password'],
        resources: ['aws_s3_bucket.data'],
        moreResources: 0,
      },
    ]);
  });

  it('bears what is exempt at the time of the decision, and what was exempt in it', async () => {
    const candidate = candidateOf(scriptedEngine(noOwner), {
      exemptions: exemptionSet([exemption()]),
    });
    const [inForce, before]: [Partial<Decision>, Partial<Decision>] = [
      { time: '2026-11-10T00:00:00.000Z' },
      { time: '2026-10-10T00:00:00.000Z' },
    ];
    const borne = { ...violation('tagging.owner'), address: UNOWNED.address, exemption: 'EX-9' };
    const told = await impact(
      [
        keptDecision(1, [UNOWNED], inForce),
        keptDecision(2, [UNOWNED], before),
        keptDecision(3, [UNOWNED], { ...before, exempt: [borne] }),
      ],
      { candidate },
    );
    expect(told.flips.map(({ id }) => id)).toEqual(['decision-2']);
  });

  it('stops at the limit or the time, and says that there are older decisions', async () => {
    const kept = Array.from({ length: 250 }, (_, number) => keptDecision(number, [OWNED]));
    const some = await impact(kept, { query: { limit: 120 } });
    const all = await impact(kept, { query: { limit: 250 } });
    const none = await impact(kept, { stopAt: NOW });
    expect([some.decisions.read, some.complete]).toEqual([120, false]);
    expect([all.decisions.read, all.complete]).toEqual([250, true]);
    expect([none.decisions.read, none.complete]).toEqual([0, false]);
  });

  it('names a few of many, and counts the rest', async () => {
    const many = Array.from({ length: 150 }, (_, number) =>
      keptDecision(number, [resource({ address: `bucket.${number}` })]),
    );
    const told = await impact(many);
    expect([told.flips.length, told.moreFlips]).toEqual([100, 50]);
    expect([told.rules[0]?.resources.length, told.rules[0]?.moreResources]).toEqual([20, 130]);
  });
});
