/** What a fake Azure holds: plain data, so that a demo can keep it in a file and a test can write it inline. */
export interface FakeAzureEstate {
  readonly tenant: string;
  readonly subscriptions: readonly FakeSubscription[];
  readonly managementGroups?: readonly FakeManagementGroup[];
  readonly policyAssignments?: readonly FakePolicyObject[];
  readonly policyExemptions?: readonly FakePolicyObject[];
  readonly policyStates?: readonly FakePolicyState[];
}

export interface FakeSubscription {
  readonly id: string;
  readonly name: string;
  /** Enabled when it is not said. */
  readonly state?: 'Enabled' | 'Warned' | 'PastDue' | 'Disabled' | 'Deleted';
  readonly tags?: Readonly<Record<string, string>>;
  /** True where the caller has no role: Resource Graph leaves it out without a word, everything else refuses. */
  readonly denied?: boolean;
  /** Resource groups too: `Microsoft.Resources/subscriptions/resourceGroups`. */
  readonly resources: readonly FakeArmResource[];
}

/** A resource as Azure Resource Manager answers it. */
export interface FakeArmResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location: string;
  readonly kind?: string;
  readonly sku?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly identity?: Readonly<Record<string, unknown>>;
  readonly zones?: readonly string[];
  readonly managedBy?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface FakeManagementGroup {
  readonly id: string;
  readonly subscriptions: readonly string[];
  /** True where the caller may not see it. */
  readonly denied?: boolean;
}

/** A policy assignment or exemption: its id says the scope. */
export interface FakePolicyObject {
  readonly id: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface FakePolicyState {
  readonly subscription: string;
  readonly resourceId: string;
  readonly policyAssignmentId: string;
  readonly policyDefinitionId: string;
  readonly complianceState: 'Compliant' | 'NonCompliant' | 'Exempt';
}

/** The estate while the fake runs: only tags change. */
export interface LiveEstate {
  readonly estate: FakeAzureEstate;
  /** By lower-cased id, of subscriptions, resource groups and resources. */
  readonly tags: Map<string, Readonly<Record<string, string>>>;
}

export function bringToLife(estate: FakeAzureEstate): LiveEstate {
  const tags = new Map<string, Readonly<Record<string, string>>>();
  for (const subscription of estate.subscriptions) {
    tags.set(`/subscriptions/${subscription.id}`.toLowerCase(), subscription.tags ?? {});
    for (const { id, tags: own } of subscription.resources) tags.set(id.toLowerCase(), own ?? {});
  }
  return { estate, tags };
}

/** The estate as it is now, to compare with what it was. */
export function snapshot({ estate, tags }: LiveEstate): FakeAzureEstate {
  return {
    ...estate,
    subscriptions: estate.subscriptions.map((subscription) => ({
      ...subscription,
      tags: tags.get(`/subscriptions/${subscription.id}`.toLowerCase()) ?? {},
      resources: subscription.resources.map((resource) => ({
        ...resource,
        tags: tags.get(resource.id.toLowerCase()) ?? {},
      })),
    })),
  };
}

/** The subscription that an id is in, if the caller may see it. */
export function subscriptionOf(estate: FakeAzureEstate, id: string): FakeSubscription | undefined {
  const [, wanted] = /^\/?subscriptions\/([^/]+)/i.exec(id) ?? [];
  return estate.subscriptions.find((one) => one.id.toLowerCase() === wanted?.toLowerCase());
}
