import type { Decision, ReportedViolation } from '../../../../src/model/decision.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;

/** An allowed admission decision of our own; overrides replace whole fields. */
export function decisionOf(overrides: Partial<Decision> = {}): Decision {
  return {
    id: '01KAPVQ4Z8M3T5B7N9C1D2E3F4',
    time: '2026-11-22T08:00:00.000Z',
    decision: 'allow',
    reason: 'Allowed: 1 resource judged.',
    point: 'admission',
    dryRun: false,
    document: {
      source: 'kubernetes-admission',
      digest: DIGEST,
      bytes: 900,
      resources: 1,
      notes: [],
    },
    summary: { violation: 0, unknown: 0, exempt: 0, failed: 0, compliant: 1, 'not-applicable': 0 },
    violations: [],
    warnings: [],
    recorded: [],
    exempt: [],
    unknown: [],
    failed: [],
    coverage: { judged: 1, unjudged: [] },
    policies: { digest: DIGEST, count: 40 },
    rules: { digest: DIGEST, count: 52 },
    timings: { normaliseMs: 0.1, evaluateMs: 1, decideMs: 0.1 },
    context: {},
    ...overrides,
  };
}

export function violationOf(overrides: Partial<ReportedViolation> = {}): ReportedViolation {
  return {
    rule: 'kubernetes.privileged',
    policy: 'PC-K8S-001',
    severity: 'high',
    enforcement: 'deny',
    address: 'shop/Pod/web',
    kind: 'kubernetes.pod',
    path: 'config.spec.containers[0].securityContext.privileged',
    message: 'Container web is privileged.',
    expected: false,
    actual: true,
    fix: 'Leave privileged out.',
    link: '',
    ...overrides,
  };
}
