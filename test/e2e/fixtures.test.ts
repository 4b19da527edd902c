import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compose } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { DecisionRequest, Gateway } from '../../src/gateway.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { Point } from '../../src/model/point.ts';
import { POLICY_CACHE, ROOT, temporaryFolder } from './cli.ts';

const POINTS: Readonly<Record<string, Point>> = {
  'terraform-plan': 'pre-apply',
  'kubernetes-manifest': 'admission',
  'kubernetes-admission': 'admission',
};

const FIXTURES = Object.keys(POINTS).flatMap((source) =>
  readdirSync(path.join(ROOT, 'fixtures', source), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ source, name, folder: path.join(ROOT, 'fixtures', source, name) })),
);

describe('every fixture gets the decision that stands beside it', () => {
  const { folder: data, dispose } = temporaryFolder();
  let gateway: Gateway;
  let remembering: Gateway;
  beforeAll(async () => {
    const env = { PORTCULLIS_DATA: data, PORTCULLIS_POLICIES__CACHE: POLICY_CACHE };
    const config = loadConfig({ env, cwd: data });
    gateway = await compose(config, { record: false, workers: 1 });
    remembering = await compose(config, { record: false, workers: 1, remembers: true });
  });
  afterAll(async () => {
    await gateway.close();
    await remembering.close();
    dispose();
  });

  it.each(FIXTURES)('$source/$name', async ({ source, folder }) => {
    const decision = await gateway.decide(requestOf(source, folder));
    // Written by `npm test -- -u`, and read by whoever reviews the change: a policy that decides otherwise shows here.
    await expect(`${JSON.stringify(essence(decision), null, 2)}\n`).toMatchFileSnapshot(
      path.join(folder, 'expected.json'),
    );
  });

  it('and again from a gate that remembers what policies said of look-alikes', async () => {
    for (const { source, folder } of [...FIXTURES, ...FIXTURES]) {
      const asked = requestOf(source, folder);
      const [fresh, recalled] = [await gateway.decide(asked), await remembering.decide(asked)];
      expect(lasting(recalled)).toEqual(lasting(fresh));
    }
  });
});

function requestOf(source: string, folder: string): DecisionRequest {
  const file = ['plan.json', 'manifests.yaml', 'review.json'].find((name) =>
    existsSync(path.join(folder, name)),
  );
  const bytes = readFileSync(path.join(folder, file ?? 'plan.json'));
  return { bytes, point: POINTS[source] ?? 'pre-apply', context: {} };
}

/** All of a decision but what is of its moment. */
function lasting({ id: _id, time: _time, timings: _timings, ...rest }: Decision) {
  return rest;
}

/** What a person would want to be told when it changes: the decision, what it hangs on, and what was not looked at. */
function essence(decision: Decision) {
  const line = ({ rule, address, path: at }: { rule: string; address: string; path: string }) =>
    [rule, address, at].filter((part) => part !== '').join(' ');
  return {
    decision: decision.decision,
    reason: decision.reason,
    notes: decision.document.notes.map(({ code }) => code),
    denied: decision.violations.map(line),
    warned: decision.warnings.map(line),
    unknown: decision.unknown.map(({ rule, address, paths }) =>
      line({ rule, address, path: paths.join(' ') }),
    ),
    failed: decision.failed.map(({ rule, address, reason }) =>
      line({ rule, address, path: reason }),
    ),
    unjudged: decision.coverage.unjudged.map(({ address }) => address),
  };
}
