import type { Decision, ReportedViolation } from '../../../../src/model/decision.ts';
import { decision } from '../../../decisions.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;

/** An allowed admission decision of our own; overrides replace whole fields. */
export function decisionOf(overrides: Partial<Decision> = {}): Decision {
  const given = decision();
  return {
    ...given,
    id: '01KAPVQ4Z8M3T5B7N9C1D2E3F4',
    reason: 'Allowed: 1 resource judged.',
    point: 'admission',
    document: {
      ...given.document,
      source: 'kubernetes-admission',
      digest: DIGEST,
      bytes: 900,
      resources: 1,
    },
    policies: { digest: DIGEST, count: 40 },
    rules: { digest: DIGEST, count: 52 },
    summary: { ...given.summary, compliant: 1 },
    coverage: { judged: 1, unjudged: [] },
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
