import type { FakeOperation } from './faults.ts';

/** What a request asks for, and the permission that Azure would look for. */
export interface FakeRoute {
  readonly operation: FakeOperation;
  readonly action: string;
  /** What it is about: a resource, a subscription; '' for the tenant. */
  readonly scope: string;
}

interface Pattern {
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly versions: readonly string[];
  readonly operation: FakeOperation;
  readonly action: string;
}

const TAGS = /^(\/.+)\/providers\/Microsoft[.]Resources\/tags\/default$/i;
const PATTERNS: readonly Pattern[] = [
  {
    methods: ['POST'],
    path: /^()\/providers\/Microsoft[.]ResourceGraph\/resources$/i,
    versions: ['2021-03-01', '2022-10-01', '2024-04-01'],
    operation: 'graph',
    action: 'Microsoft.ResourceGraph/resources/read',
  },
  {
    methods: ['GET'],
    path: TAGS,
    versions: ['2021-04-01', '2025-04-01'],
    operation: 'tags-read',
    action: 'Microsoft.Resources/tags/read',
  },
  {
    methods: ['PATCH', 'PUT'],
    path: TAGS,
    versions: ['2021-04-01', '2025-04-01'],
    operation: 'tags-write',
    action: 'Microsoft.Resources/tags/write',
  },
  {
    methods: ['GET'],
    path: /^(\/subscriptions\/operations\/operationresults\/\d+)$/i,
    versions: ['2025-04-01'],
    operation: 'tags-poll',
    action: 'Microsoft.Resources/tags/read',
  },
  {
    methods: ['GET'],
    path: /^(\/subscriptions\/[^/]+)\/providers\/Microsoft[.]Authorization\/policyAssignments$/i,
    versions: ['2022-06-01', '2023-04-01', '2024-05-01'],
    operation: 'assignments',
    action: 'Microsoft.Authorization/policyAssignments/read',
  },
  {
    methods: ['GET'],
    path: /^(\/subscriptions\/[^/]+)\/providers\/Microsoft[.]Authorization\/policyExemptions$/i,
    versions: ['2022-07-01-preview'],
    operation: 'exemptions',
    action: 'Microsoft.Authorization/policyExemptions/read',
  },
  {
    methods: ['POST', 'GET'],
    path: /^(\/subscriptions\/[^/]+)\/providers\/Microsoft[.]PolicyInsights\/policyStates\/latest\/queryResults$/i,
    versions: ['2019-10-01', '2024-10-01'],
    operation: 'policy-states',
    action: 'Microsoft.PolicyInsights/policyStates/queryResults/read',
  },
];

/** The route of a request; a text says what is wrong with it. Paths with an empty segment are none, as in Azure. */
export function routeOf(method: string, url: URL): FakeRoute | string {
  if (url.pathname.includes('//')) return 'The request URI has an empty segment.';
  for (const { methods, path, versions, operation, action } of PATTERNS) {
    const match = path.exec(url.pathname);
    if (match === null || !methods.includes(method)) continue;
    const version = url.searchParams.get('api-version') ?? '';
    if (!versions.includes(version))
      return `The api-version '${version}' is not known for ${operation}: ${versions.join(', ')}.`;
    return { operation, action, scope: decodeURIComponent(match[1] ?? '') };
  }
  return `This fake does not play ${method} ${url.pathname}.`;
}
