/** The request of a review of our own; overrides replace whole fields. */
export function reviewOf(request: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '0d7c6a52-5a5e-4a55-8a3c-1f5b1f0f7f10',
      kind: { group: '', version: 'v1', kind: 'Pod' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      name: 'web',
      namespace: 'shop',
      operation: 'CREATE',
      userInfo: { username: 'ana@example.com', groups: ['developers'] },
      object: pod(),
      oldObject: null,
      dryRun: false,
      ...request,
    },
  };
}

export function pod(
  metadata: Record<string, unknown> = {},
  spec: Record<string, unknown> = { containers: [{ name: 'web', image: 'shop/web:1.4' }] },
): Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', ...metadata },
    spec,
  };
}
