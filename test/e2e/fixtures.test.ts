import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compose } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Gateway } from '../../src/gateway.ts';
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
  beforeAll(async () => {
    const env = { PORTCULLIS_DATA: data, PORTCULLIS_POLICIES__CACHE: POLICY_CACHE };
    gateway = await compose(loadConfig({ env, cwd: data }), { record: false, workers: 1 });
  });
  afterAll(async () => {
    await gateway.close();
    dispose();
  });

  it.each(FIXTURES)('$source/$name', async ({ source, folder }) => {
    const file = ['plan.json', 'manifests.yaml', 'review.json'].find((name) =>
      existsSync(path.join(folder, name)),
    );
    const bytes = readFileSync(path.join(folder, file ?? 'plan.json'));
    const decision = await gateway.decide({
      bytes,
      point: POINTS[source] ?? 'pre-apply',
      context: {},
    });
    // Written by `npm test -- -u`, and read by whoever reviews the change: a policy that decides otherwise shows here.
    await expect(`${JSON.stringify(essence(decision), null, 2)}\n`).toMatchFileSnapshot(
      path.join(folder, 'expected.json'),
    );
  });
});

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
