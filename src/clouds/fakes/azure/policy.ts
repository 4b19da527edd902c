import type { FakeAnswer } from './answer.ts';
import { armError } from './answer.ts';
import type { FakeAzureEstate, FakePolicyObject } from './estate.ts';
import type { FakeHarm } from './faults.ts';

/** What was asked for: the subscription, and the query of the URL. */
export interface PolicyQuestion {
  readonly url: URL;
  readonly subscription: string;
  /** Rows in a page, so that a small estate has pages too. */
  readonly pageSize: number;
}

type Kind = 'assignments' | 'exemptions';
const TYPES = { assignments: 'policyAssignments', exemptions: 'policyExemptions' } as const;

/** Assignments or exemptions of a subscription, and of what is above it, as `atScope()` and the plain list tell them. */
export function listPolicyObjects(
  estate: FakeAzureEstate,
  kind: Kind,
  question: PolicyQuestion,
  harm: FakeHarm | undefined,
): FakeAnswer {
  const all = kind === 'assignments' ? estate.policyAssignments : estate.policyExemptions;
  const seen = (all ?? []).filter(({ id }) => concerns(id, question.subscription));
  return paged(
    seen.map((one) => policyObject(one, kind)),
    'nextLink',
    question,
    harm,
  );
}

function policyObject(one: FakePolicyObject, kind: Kind): unknown {
  return { ...one, type: `Microsoft.Authorization/${TYPES[kind]}` };
}

function concerns(id: string, subscription: string): boolean {
  const scope = id.toLowerCase();
  return (
    scope.startsWith(`/subscriptions/${subscription.toLowerCase()}/`) ||
    scope.startsWith('/providers/microsoft.management/')
  );
}

/** Of OData filters it knows the one that asks for what does not comply. */
export function queryPolicyStates(
  estate: FakeAzureEstate,
  question: PolicyQuestion,
  harm: FakeHarm | undefined,
): FakeAnswer {
  const filter = question.url.searchParams.get('$filter');
  if (filter !== null && filter !== "complianceState eq 'NonCompliant'")
    return armError(400, 'InvalidFilterInQueryString', `This fake does not know '${filter}'.`);
  const states = (estate.policyStates ?? []).filter(
    ({ subscription, complianceState }) =>
      subscription.toLowerCase() === question.subscription.toLowerCase() &&
      (filter === null || complianceState === 'NonCompliant'),
  );
  const rows = states.map(({ subscription, ...state }) => ({
    ...state,
    subscriptionId: subscription,
    timestamp: '2026-11-25T00:00:00Z',
  }));
  return paged(rows, '@odata.nextLink', question, harm);
}

function paged(
  rows: readonly unknown[],
  link: 'nextLink' | '@odata.nextLink',
  { url, pageSize }: PolicyQuestion,
  harm: FakeHarm | undefined,
): FakeAnswer {
  const from = Number(url.searchParams.get('$skiptoken') ?? '0');
  const value = rows.slice(from, from + pageSize);
  const next = harm?.kind === 'repeat-token' ? from : from + value.length;
  const more = harm?.kind === 'repeat-token' || next < rows.length;
  return { status: 200, body: { value, ...(more ? { [link]: nextLink(url, next, harm) } : {}) } };
}

function nextLink(url: URL, offset: number, harm: FakeHarm | undefined): string {
  const next = new URL(url);
  if (harm?.kind === 'stray') next.host = 'elsewhere.invalid';
  next.searchParams.set('$skiptoken', String(offset));
  return next.href;
}
