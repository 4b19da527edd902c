import type { FleetResource } from '../../../src/sweep/fleet.ts';
import type { Finding } from '../../../src/sweep/finding.ts';

/** A finding of a bucket without an owner; whatever is given replaces the default. */
export function finding(given: Partial<Finding> = {}): Finding {
  return {
    id: `sha256:${'0'.repeat(64)}`,
    state: 'open',
    rule: 'tagging.owner',
    policy: 'PC-TAG-001',
    severity: 'high',
    enforcement: 'deny',
    address: 'arn:aws:s3:::logs',
    kind: 'aws.s3.bucket',
    path: 'tags.owner',
    message: 'The tag owner is missing.',
    expected: 'a value',
    actual: null,
    fix: 'Add tags.',
    link: 'policies/tagging/required/readme.md',
    provider: 'aws',
    scope: { account: '111111111111', region: 'eu-central-1' },
    account: '111111111111',
    region: 'eu-central-1',
    tags: { state: 'known', values: {}, unknown: [] },
    createdBy: undefined,
    createdAt: undefined,
    managedBy: undefined,
    capturedAt: '2026-11-25T08:00:00.000Z',
    inventory: 'aws',
    partition: 'p',
    firstSeen: '2026-11-25T08:00:00.000Z',
    lastSeen: '2026-11-25T08:00:00.000Z',
    resolvedAt: undefined,
    resolved: undefined,
    reopenedAt: undefined,
    reopened: 0,
    unsureSince: undefined,
    gate: undefined,
    ...given,
  };
}

/** The bucket of `finding`, as a sweep left it. */
export function live(given: Partial<FleetResource> = {}): FleetResource {
  return {
    address: 'arn:aws:s3:::logs',
    kind: 'aws.s3.bucket',
    type: 'AWS::S3::Bucket',
    provider: 'aws',
    scope: { account: '111111111111', region: 'eu-central-1' },
    account: '111111111111',
    region: 'eu-central-1',
    tags: { state: 'known', values: {}, unknown: [] },
    taggable: true,
    parents: [],
    managedBy: undefined,
    createdBy: undefined,
    createdAt: undefined,
    capturedAt: '2026-11-25T08:00:00.000Z',
    inventory: 'aws',
    partition: 'p',
    ...given,
  };
}
