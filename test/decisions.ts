import { sha256 } from '../src/kit/digest.ts';
import type { Decision } from '../src/model/decision.ts';

const ZERO = sha256('');

/** A decision for tests; whatever is given replaces the default. */
export function decision(given: Partial<Decision> = {}): Decision {
  return {
    id: '01J00000000000000000000000',
    time: '2026-11-22T08:00:00.000Z',
    decision: 'allow',
    reason: 'Nothing stands against it.',
    point: 'pre-apply',
    dryRun: false,
    document: { source: 'terraform-plan', digest: ZERO, bytes: 2, resources: 0, notes: [] },
    summary: { violation: 0, unknown: 0, exempt: 0, failed: 0, compliant: 0, 'not-applicable': 0 },
    violations: [],
    warnings: [],
    recorded: [],
    exempt: [],
    unknown: [],
    failed: [],
    coverage: { judged: 0, unjudged: [] },
    policies: { digest: ZERO, count: 1 },
    rules: { digest: ZERO, count: 1 },
    timings: { normaliseMs: 1, evaluateMs: 1.5, decideMs: 0 },
    context: {},
    ...given,
  };
}

/** A violation of a rule, as a decision reports it. */
export function violation(rule: string): Decision['violations'][number] {
  return {
    rule,
    policy: 'PC-TAG-001',
    severity: 'high',
    enforcement: 'deny',
    address: 'aws_s3_bucket.b',
    kind: 'aws.s3.bucket',
    path: 'tags.owner',
    message: 'no owner',
    expected: null,
    actual: null,
    fix: 'add one',
    link: '',
  };
}
