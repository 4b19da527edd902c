import type { Exemption } from '../src/bindings/exemption.ts';
import type { Rule } from '../src/bindings/rule.ts';
import type { Policy } from '../src/model/policy.ts';
import type { Resource } from '../src/model/resource.ts';

/** A policy for tests of what stands around it; whatever is given replaces the default. */
export function policy(given: Partial<Policy> = {}): Policy {
  return {
    id: 'PC-TAG-001',
    title: 'Every resource names its owner',
    description: 'Somebody must be there to be asked.',
    severity: 'high',
    kinds: ['*'],
    related: [],
    actions: ['create', 'update', 'replace', 'none', 'present'],
    requires: [],
    reads: ['tags.{keys}'],
    perPath: true,
    wholeSet: false,
    parameters: { keys: { type: 'array', items: { type: 'string' }, default: ['owner'] } },
    remedy: 'Add the tag.',
    controls: [],
    package: 'policies.tagging.required',
    entrypoint: 'policies/tagging/required/violations',
    folder: 'policies/tagging/required',
    ...given,
  };
}

export function rule(given: Partial<Rule> = {}): Rule {
  return {
    id: 'tagging.owner',
    policy: policy(),
    description: '',
    match: {},
    exclude: undefined,
    enforce: { 'pre-apply': 'deny', admission: 'deny', sweep: 'record' },
    unknown: { 'pre-apply': 'warn', admission: 'deny', sweep: 'record' },
    parameters: { keys: ['owner'] },
    reads: ['tags.owner'],
    link: 'policies/tagging/required/readme.md',
    file: 'rules/tagging.yaml',
    line: 3,
    ...given,
  };
}

/** Bears every resource without an owner, in November 2026. */
export function exemption(given: Partial<Exemption> = {}): Exemption {
  return {
    id: 'EX-1',
    rules: new Set(['tagging.owner']),
    match: {},
    points: ['pre-apply', 'admission', 'sweep'],
    reason: 'It is replaced in December.',
    owner: 'ada',
    approvedBy: ['grace'],
    from: new Date('2026-11-01T00:00:00Z'),
    until: new Date('2026-12-01T00:00:00Z'),
    where: 'exemptions/a.yaml:2',
    ...given,
  };
}

export function resource(given: Partial<Resource> = {}): Resource {
  return {
    address: 'aws_s3_bucket.data',
    kind: 'aws.s3.bucket',
    type: 'aws_s3_bucket',
    provider: 'aws',
    action: 'create',
    scope: {},
    tags: {},
    facts: {},
    config: {},
    unknown: [],
    sensitive: [],
    ...given,
  };
}
