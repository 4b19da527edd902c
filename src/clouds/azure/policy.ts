import { getContinuationToken as nextAssignments, PolicyClient } from '@azure/arm-policy';
import {
  getContinuationToken as nextStates,
  PolicyInsightsClient,
} from '@azure/arm-policyinsights';
import { z } from 'zod';

import { CloudError } from '../errors.ts';
import type { Gap } from '../inventory.ts';
import { jsonOf, withoutProxyAtHome } from './connection.ts';
import type { AzureConnection } from './connection.ts';

/** Pages of one list; past them the rest is a gap. */
const MOST_PAGES = 200;
const EXEMPTIONS =
  'providers/Microsoft.Authorization/policyExemptions?api-version=2022-07-01-preview';
const NONCOMPLIANT = "complianceState eq 'NonCompliant'";

/** What Azure Policy says of a subscription. */
export interface PolicyContext {
  readonly subscription: string;
  readonly assignments: readonly AzureAssignment[];
  readonly exemptions: readonly AzureExemption[];
  /** By the latest evaluation; which may be a day old. */
  readonly noncompliant: readonly AzureNoncompliance[];
  readonly gaps: readonly Gap[];
}

export interface AzureAssignment {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  /** True where the assignment only looks, and stops nobody. */
  readonly dormant: boolean;
}

export interface AzureExemption {
  readonly id: string;
  readonly assignment: string;
  readonly category: 'Waiver' | 'Mitigated';
  /** Absent where it never ends. */
  readonly expiresOn?: string;
  readonly expired: boolean;
}

export interface AzureNoncompliance {
  readonly assignment: string;
  readonly definition: string;
  /** Addresses, as the inventory has them. */
  readonly resources: readonly string[];
}

const Assignment = z.object({
  id: z.string(),
  displayName: z.string().optional(),
  name: z.string().optional(),
  policyDefinitionId: z.string(),
  enforcementMode: z.string().optional(),
});

const Exemption = z.object({
  id: z.string(),
  properties: z.object({
    policyAssignmentId: z.string(),
    exemptionCategory: z.enum(['Waiver', 'Mitigated']),
    expiresOn: z.string().nullish(),
  }),
});
const ExemptionPage = z.object({
  value: z.array(Exemption),
  nextLink: z.string().nullish(),
});

const AnyPage = z.object({ value: z.array(z.unknown()) });

const State = z.object({
  resourceId: z.string(),
  policyAssignmentId: z.string(),
  policyDefinitionId: z.string(),
});

/** Reads assignments, exemptions and compliance states, each by itself: what refuses is a gap, and the others are told. */
export async function readPolicyContext(
  connection: AzureConnection,
  subscription: string,
  signal: AbortSignal,
): Promise<PolicyContext> {
  const gaps: Gap[] = [];
  const ask: Ask = async (action, page) =>
    await connection.caller.call(
      { account: subscription, region: '', service: 'arm-read', action },
      page,
      { signal },
    );
  const bear = async <T>(type: string, work: Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await work;
    } catch (thrown) {
      if (!(thrown instanceof CloudError) || thrown.code === 'CLOUD_STOPPED') throw thrown;
      const { code, message } = thrown;
      gaps.push({ scope: { subscription }, type, code, message });
      return [];
    }
  };
  const now = connection.outside.clock();
  return {
    subscription,
    assignments: await bear(
      'Microsoft.Authorization/policyAssignments',
      listAssignments(connection, subscription, ask),
    ),
    exemptions: await bear(
      'Microsoft.Authorization/policyExemptions',
      listExemptions(connection, subscription, ask, now),
    ),
    noncompliant: await bear(
      'Microsoft.PolicyInsights/policyStates',
      listNoncompliant(connection, subscription, ask),
    ),
    gaps,
  };
}

type Ask = <T>(action: string, page: (signal: AbortSignal) => Promise<T>) => Promise<T>;

async function listAssignments(
  { credential, options }: AzureConnection,
  subscription: string,
  ask: Ask,
): Promise<readonly AzureAssignment[]> {
  const client = withoutProxyAtHome(
    new PolicyClient(credential, subscription, options),
    options.endpoint,
  );
  const rows = await allPages(async (token) => {
    return await ask('policyAssignments', async (abortSignal) => {
      const list = client.policyAssignments.list({
        filter: 'atScope()',
        abortSignal,
        onResponse: requireList,
      });
      return await pageOf(list.byPage(from(token)), nextAssignments);
    });
  });
  return rows.map((row) => {
    const { id, displayName, name, policyDefinitionId, enforcementMode } = told(Assignment, row);
    return {
      id,
      name: displayName ?? name ?? id,
      definition: policyDefinitionId,
      dormant: enforcementMode === 'DoNotEnforce',
    };
  });
}

/** By hand: the package has lost its operations for exemptions, the service has not. */
async function listExemptions(
  { send }: AzureConnection,
  subscription: string,
  ask: Ask,
  now: Date,
): Promise<readonly AzureExemption[]> {
  const rows = await allPages(async (token) => {
    const url = token ?? `/subscriptions/${subscription}/${EXEMPTIONS}`;
    return await ask('policyExemptions', async (signal) => {
      const answer = jsonOf(await send({ method: 'GET', url }, signal));
      const { value, nextLink } = told(ExemptionPage, answer);
      return { rows: value, token: nextLink ?? undefined };
    });
  });
  return rows.map(({ id, properties: { policyAssignmentId, exemptionCategory, expiresOn } }) => ({
    id,
    assignment: policyAssignmentId,
    category: exemptionCategory,
    ...(typeof expiresOn === 'string' ? { expiresOn } : {}),
    // A date that cannot be read exempts nobody.
    expired: typeof expiresOn === 'string' && !(Date.parse(expiresOn) > now.getTime()),
  }));
}

async function listNoncompliant(
  { credential, options }: AzureConnection,
  subscription: string,
  ask: Ask,
): Promise<readonly AzureNoncompliance[]> {
  const client = withoutProxyAtHome(
    new PolicyInsightsClient(credential, options),
    options.endpoint,
  );
  const rows = await allPages(async (token) => {
    return await ask('policyStates', async (abortSignal) => {
      const list = client.policyStates.listQueryResultsForSubscription('latest', subscription, {
        queryOptions: { filter: NONCOMPLIANT },
        abortSignal,
        onResponse: requireList,
      });
      return await pageOf(list.byPage(from(token)), nextStates);
    });
  });
  return grouped(rows.map((row) => told(State, row)));
}

function grouped(states: readonly z.infer<typeof State>[]): AzureNoncompliance[] {
  const groups = new Map<string, { assignment: string; definition: string; ids: Set<string> }>();
  for (const { resourceId, policyAssignmentId, policyDefinitionId } of states) {
    const key = `${policyAssignmentId} ${policyDefinitionId}`.toLowerCase();
    const group = groups.get(key) ?? {
      assignment: policyAssignmentId,
      definition: policyDefinitionId,
      ids: new Set(),
    };
    group.ids.add(resourceId.toLowerCase());
    groups.set(key, group);
  }
  return [...groups.values()].map(({ ids, ...group }) => ({
    ...group,
    resources: [...ids].sort(),
  }));
}

interface Pages<T> {
  readonly rows: readonly T[];
  readonly token: string | undefined;
}

/** @throws CloudError (CLOUD_PROTOCOL) where the links do not end. */
async function allPages<T>(
  read: (token: string | undefined) => Promise<Pages<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  for (;;) {
    const page = await read(token);
    all.push(...page.rows);
    token = page.token;
    if (token === undefined) return all;
    if (seen.has(token) || seen.size >= MOST_PAGES)
      throw new CloudError('CLOUD_PROTOCOL', 'the pages of a list of policies do not end');
    seen.add(token);
  }
}

/**
 * One page of a list of the SDK. Each attempt begins a list of its own: one that has failed says, when it is asked again,
 * that there is nothing more.
 */
async function pageOf<T>(
  pages: AsyncIterableIterator<T[]>,
  tokenOf: (page: unknown) => string | undefined,
): Promise<Pages<T>> {
  const first = await pages.next();
  const rows: readonly T[] = first.done === true ? [] : first.value;
  return { rows, token: tokenOf(rows) };
}

/** The SDK takes an answer without a list for one with an empty list. */
function requireList({ bodyAsText, status }: { bodyAsText?: string | null; status: number }): void {
  if (status === 200) told(AnyPage, JSON.parse(bodyAsText ?? ''));
}

function from(token: string | undefined): { continuationToken?: string } {
  return token === undefined ? {} : { continuationToken: token };
}

/** @throws CloudError (CLOUD_PROTOCOL) */
function told<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CloudError('CLOUD_PROTOCOL', 'Azure Policy answers in another shape', {
    cause: parsed.error,
  });
}
