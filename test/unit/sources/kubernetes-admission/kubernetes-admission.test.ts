import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SourceError } from '../../../../src/sources/errors.ts';
import { kubernetesAdmission } from '../../../../src/sources/kubernetes-admission/index.ts';
import { readEnvelope } from '../../../../src/sources/kubernetes-admission/review.ts';
import type { RawResource } from '../../../../src/sources/source.ts';
import { readSample, SAMPLES } from '../../../samples.ts';
import { refusal } from '../refusal.ts';
import { pod, reviewOf } from './reviews.ts';

describe('an AdmissionReview', () => {
  it('becomes the one resource it is about', () => {
    expect(normalise(reviewOf())).toEqual({
      address: 'shop/Pod/web',
      type: 'v1/Pod',
      provider: 'kubernetes',
      dialect: 'kubernetes',
      action: 'create',
      scope: { namespace: 'shop' },
      attributes: pod(),
      unknown: [],
      sensitive: ['metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]'],
      references: [],
    });
  });

  it('names the group in the type, and has no namespace for what belongs to the cluster', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'all' },
    };
    const resource = normalise(
      reviewOf({
        kind: { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRole' },
        name: 'all',
        namespace: undefined,
        object: role,
      }),
    );
    expect(resource).toMatchObject({
      address: 'ClusterRole/all',
      type: 'rbac.authorization.k8s.io/v1/ClusterRole',
      scope: {},
    });
  });

  it.each([
    [
      'the generated name, once there',
      { name: 'web-x7k2p', generateName: 'web-' },
      'web-x7k2p',
      [],
    ],
    [
      'the prefix and a star',
      { name: undefined, generateName: 'web-' },
      'web-*',
      ['metadata.name'],
    ],
  ])('knows an object with generateName by %s', (_, metadata, name, unknown) => {
    const resource = normalise(reviewOf({ name: '', object: pod(metadata) }));
    expect(resource).toMatchObject({ address: `shop/Pod/${name}`, unknown });
  });

  it('keeps what was there before an update', () => {
    const before = pod({ labels: { owner: 'shop' } });
    expect(normalise(reviewOf({ operation: 'UPDATE', oldObject: before }))).toMatchObject({
      action: 'update',
      attributes: pod(),
      before,
    });
  });

  it('describes a deletion by what is deleted', () => {
    const before = pod({ labels: { owner: 'shop' } });
    const review = reviewOf({ operation: 'DELETE', object: null, oldObject: before });
    expect(normalise(review)).toMatchObject({ action: 'delete', attributes: before, before });
  });

  it('knows nothing of a deletion that came without its object', () => {
    const review = reviewOf({ operation: 'DELETE', object: null, oldObject: null });
    const resource = normalise(review);
    expect(resource).toMatchObject({ address: 'shop/Pod/web', action: 'delete', attributes: {} });
    expect(resource.unknown).toEqual(expect.arrayContaining(['metadata', 'spec', 'rules']));
  });

  it('hides what a Secret holds', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db' },
      data: { k: 'eA==' },
    };
    const kind = { group: '', version: 'v1', kind: 'Secret' };
    const { sensitive } = normalise(reviewOf({ kind, name: 'db', object }));
    expect(sensitive).toEqual([
      'data',
      'stringData',
      'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
    ]);
  });
});

describe('sub-resources', () => {
  it.each(['ephemeralcontainers', 'resize'])('judge the whole pod through %s', (subResource) => {
    const review = reviewOf({ operation: 'UPDATE', subResource, oldObject: pod() });
    expect(normalise(review)).toMatchObject({ address: 'shop/Pod/web', type: 'v1/Pod' });
  });

  it.each([
    ['status', { status: { phase: 'Running' } }],
    ['finalize', { spec: pod()['spec'] }],
  ])('show of %s the part that it can change', (subResource, attributes) => {
    const object = { ...pod(), status: { phase: 'Running' } };
    const review = reviewOf({ operation: 'UPDATE', subResource, object, oldObject: pod() });
    expect(normalise(review)).toMatchObject({
      address: `shop/pods/web/${subResource}`,
      type: `v1/Pod/${subResource}`,
      attributes,
    });
  });

  it('judge a session into a pod as what it runs', () => {
    const object = { apiVersion: 'v1', kind: 'PodExecOptions', command: ['sh'], stdin: true };
    const kind = { group: '', version: 'v1', kind: 'PodExecOptions' };
    const review = reviewOf({ operation: 'CONNECT', subResource: 'exec', kind, object });
    expect(normalise(review)).toMatchObject({
      address: 'shop/pods/web/exec',
      type: 'v1/PodExecOptions',
      action: 'connect',
      attributes: object,
    });
  });

  it('judge a scaling without its metadata, whose labels are nobody’s', () => {
    const review = reviewOf({
      operation: 'UPDATE',
      subResource: 'scale',
      kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
      resource: { group: 'apps', version: 'v1', resource: 'deployments' },
      object: { metadata: { name: 'web' }, spec: { replicas: 40 } },
    });
    expect(normalise(review)).toMatchObject({
      address: 'shop/deployments/web/scale',
      type: 'autoscaling/v1/Scale',
      action: 'update',
      attributes: { spec: { replicas: 40 } },
    });
  });
});

describe('an object whose deletion was admitted before', () => {
  const leaving = pod({ deletionTimestamp: '2026-11-22T08:00:00Z', finalizers: ['a/b'] });
  const gone = pod({ deletionTimestamp: '2026-11-22T08:00:00Z', finalizers: [] });
  const update = (object: unknown, oldObject: unknown): RawResource =>
    normalise(reviewOf({ operation: 'UPDATE', object, oldObject }));

  it('may lose its finalizers without being judged again', () => {
    expect(update(gone, leaving)).toMatchObject({ type: 'v1/Pod/finalizers', attributes: {} });
  });

  it('is judged when anything else of it changes, for it still runs', () => {
    const changed = { ...gone, spec: { containers: [{ name: 'web', image: 'evil/web' }] } };
    expect(update(changed, leaving)).toMatchObject({ type: 'v1/Pod', action: 'update' });
  });

  it('is judged when the deletion is news', () => {
    expect(update(gone, pod())).toMatchObject({ type: 'v1/Pod', action: 'update' });
  });
});

describe('a review that cannot be judged', () => {
  const without = (field: string): unknown => reviewOf({ [field]: undefined });
  it.each([
    ['no operation', without('operation'), 'request.operation'],
    ['no kind', without('kind'), 'request.kind'],
    ['no uid', without('uid'), 'request.uid'],
    ['an operation nobody knows', reviewOf({ operation: 'PATCH' }), 'request.operation'],
    ['an object that is none', reviewOf({ object: 'pod' }), 'request.object'],
    ['a creation of nothing', reviewOf({ object: null }), 'without an object'],
    [
      'an object of another kind than the request',
      reviewOf({ object: { ...pod(), kind: 'ConfigMap' } }),
      'v1/ConfigMap',
    ],
    ['no request', { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' }, 'request is'],
  ])('with %s is malformed, and says where', (_, review, where) => {
    const refused = refusal(() => normalise(review));
    expect(refused.code).toBe('SOURCE_MALFORMED');
    expect(refused.message).toContain(where);
  });

  it('of an older version is unsupported, and says what to set', () => {
    const review = { ...reviewOf(), apiVersion: 'admission.k8s.io/v1beta1' };
    const refused = refusal(() => normalise(review));
    expect(refused.code).toBe('SOURCE_UNSUPPORTED');
    expect(refused.help).toContain('admissionReviewVersions: ["v1"]');
  });

  it('never throws anything but a SourceError, whatever the request holds', () => {
    const word = fc.constantFrom(
      'CREATE',
      'UPDATE',
      'DELETE',
      'CONNECT',
      '',
      'status',
      'Pod',
      'v1',
    );
    const junk = fc.oneof(word, fc.jsonValue(), fc.constant(pod()));
    const field = fc.constantFrom(
      ...['uid', 'kind', 'resource', 'subResource', 'name', 'namespace', 'operation'],
      ...['object', 'oldObject', 'userInfo'],
    );
    fc.assert(
      fc.property(fc.dictionary(field, junk, { maxKeys: 4 }), (overrides) => {
        try {
          expect(normalise(reviewOf(overrides)).provider).toBe('kubernetes');
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError);
        }
      }),
    );
  });
});

describe('the envelope of a review', () => {
  it('says who asks, under which uid, and whether it is a rehearsal', () => {
    expect(readEnvelope(reviewOf({ dryRun: true }))).toEqual({
      apiVersion: 'admission.k8s.io/v1',
      uid: '0d7c6a52-5a5e-4a55-8a3c-1f5b1f0f7f10',
      dryRun: true,
      actor: 'ana@example.com',
      operation: 'CREATE',
    });
  });

  it('is read of a review that cannot be judged', () => {
    const review = reviewOf({ operation: 7, kind: null, userInfo: 'root', dryRun: null });
    expect(readEnvelope(review)).toMatchObject({ dryRun: false, actor: undefined });
  });

  it.each([[null], ['text'], [{ kind: 'Pod' }], [reviewOf({ uid: '' })], [reviewOf({ uid: 7 })]])(
    'is not read of %j',
    (value) => {
      expect(readEnvelope(value)).toBeUndefined();
    },
  );
});

describe.skipIf(SAMPLES === undefined)('real reviews', () => {
  it.each([
    ['own__kube-1.34-create-configmap', 'create', 'default/ConfigMap/bad', 'v1/ConfigMap'],
    ['own__kube-1.34-create-deployment', 'create', 'default/Deployment/web', 'apps/v1/Deployment'],
    ['own__kube-1.34-update-configmap', 'update', 'default/ConfigMap/good', 'v1/ConfigMap'],
    ['own__kube-1.34-delete-configmap', 'delete', 'default/ConfigMap/good', 'v1/ConfigMap'],
    ['policy-server__pod_with_privileged_containers', 'create', 'default/Pod/nginx', 'v1/Pod'],
    ['policy-server__pod_without_privileged_containers', 'create', 'default/Pod/nginx', 'v1/Pod'],
    ['policy-server__pod_sleep_4s', 'create', 'default/Pod/nginx', 'v1/Pod'],
  ])('%s', (name, action, address, type) => {
    expect(normalise(sample(name))).toMatchObject({ action, address, type });
  });

  it.each(['terrascan__risky_testconfig', 'terrascan__valid'])('%s lacks fields', (name) => {
    expect(() => normalise(sample(name))).toThrow(/request\.kind.*missing/);
  });

  function sample(name: string): unknown {
    return JSON.parse(readSample(`admissionreview/${name}.json`).toString('utf8'));
  }
});

function normalise(review: unknown): RawResource {
  // Over the wire an undefined member is no member.
  const value: unknown = JSON.parse(JSON.stringify(review));
  const document = { name: undefined, syntax: 'json', values: [value] } as const;
  expect(kubernetesAdmission.recognises(document)).toBe(true);
  return kubernetesAdmission.normalise(document).resources[0]!;
}
