const pod = (name: string, privileged: boolean): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'team-a', labels: { app: name } },
  spec: { containers: [{ name: 'main', image: 'app:1', securityContext: { privileged } }] },
});

/** What the test makes in the cluster: a privileged pod and a quiet one, deployments, a secret, a kind of somebody's own. */
export const ESTATE: readonly object[] = [
  ...['team-a', 'team-b'].map((name) => ({
    ...{ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { owner: name } } },
  })),
  pod('quiet', false),
  pod('loud', true),
  ...['team-a', 'team-a', 'team-b', 'team-b', 'team-b'].map((namespace, index) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `web-${index}`, namespace, labels: { app: 'web' } },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'main', image: 'app:1' }] },
      },
    },
  })),
  {
    ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'team-a' } },
    stringData: { password: 'hunter22-in-the-clear' },
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'crontabs.stable.example.com' },
    spec: {
      group: 'stable.example.com',
      scope: 'Namespaced',
      names: { plural: 'crontabs', singular: 'crontab', kind: 'CronTab' },
      versions: [
        {
          ...{ name: 'v1', served: true, storage: true },
          schema: {
            openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          },
        },
      ],
    },
  },
];

export const list = (items: readonly object[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
