import { afterEach, describe, expect, it } from 'vitest';

import { openAzureInventory } from '../../../../src/clouds/azure/inventory.ts';
import type { FakeFault } from '../../../../src/clouds/fakes/azure/index.ts';
import { ACCOUNT, DATA, ESTATE, SECRET, SHOP, startWorld, VAULT } from './world.ts';
import type { World } from './world.ts';

const { signal } = new AbortController();
const open: World[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ fake }) => fake.close()));
});

const ROOT = '/providers/Microsoft.Management/managementGroups/retail';
const TAGS = '/providers/Microsoft.Authorization/policyDefinitions/require-owner';
const assignments = [1, 2, 3].map((number) => ({
  id: `${ROOT}/providers/Microsoft.Authorization/policyAssignments/a${number}`,
  name: `a${number}`,
  properties: {
    displayName: `assignment ${number}`,
    policyDefinitionId: TAGS,
    enforcementMode: number === 2 ? 'DoNotEnforce' : 'Default',
  },
}));
const exemption = (name: string, expiresOn?: string, scope = SHOP) => ({
  id: `/subscriptions/${scope}/providers/Microsoft.Authorization/policyExemptions/${name}`,
  name,
  properties: {
    policyAssignmentId: assignments[0]!.id,
    exemptionCategory: 'Waiver',
    ...(expiresOn === undefined ? {} : { expiresOn }),
  },
});
const state = (resourceId: string, complianceState: 'Compliant' | 'NonCompliant') => ({
  subscription: SHOP,
  resourceId,
  policyAssignmentId: assignments[0]!.id,
  policyDefinitionId: TAGS,
  complianceState,
});
const POLICED = {
  ...ESTATE,
  policyAssignments: assignments,
  policyExemptions: [
    exemption('over', '2026-11-25T07:59:59Z'),
    exemption('on', '2026-11-25T08:00:01Z'),
    exemption('for-ever'),
    exemption('not-a-date', 'soon'),
    exemption('of-others', undefined, DATA),
  ],
  policyStates: [
    state(ACCOUNT.id, 'NonCompliant'),
    state(VAULT.id, 'NonCompliant'),
    state('/x', 'Compliant'),
  ],
};

async function contextOf(account = SHOP, faults: readonly FakeFault[] = []) {
  const started = await startWorld({ estate: POLICED, faults, pageSize: 1 });
  open.push(started);
  const inventory = await openAzureInventory(started.settings, started.outside);
  return { context: await inventory.policyContext(account, signal), fake: started.fake };
}

describe('what Azure Policy says of a subscription', () => {
  it('is told over all pages: assignments, exemptions, what does not comply', async () => {
    const { context } = await contextOf();
    expect(context.gaps).toEqual([]);
    expect(context.assignments.map(({ name, dormant }) => ({ name, dormant }))).toEqual([
      { name: 'assignment 1', dormant: false },
      { name: 'assignment 2', dormant: true },
      { name: 'assignment 3', dormant: false },
    ]);
    expect(context.noncompliant).toEqual([
      {
        assignment: assignments[0]!.id,
        definition: TAGS,
        resources: [VAULT.id.toLowerCase(), ACCOUNT.id.toLowerCase()],
      },
    ]);
  });

  it('takes no exemption for valid that is over, or whose end cannot be read', async () => {
    const { context } = await contextOf();
    const names = context.exemptions.map(({ id, expired }) => [id.split('/').at(-1), expired]);
    expect(Object.fromEntries(names)).toEqual({
      over: true,
      on: false,
      'for-ever': false,
      'not-a-date': true,
    });
  });

  it('tells what it can where a part refuses', async () => {
    const { context } = await contextOf(SHOP, [
      { on: 'exemptions', harm: { kind: 'refuse', status: 403, code: 'AuthorizationFailed' } },
    ]);
    expect(context.assignments).toHaveLength(3);
    expect(context.exemptions).toEqual([]);
    expect(context.gaps).toMatchObject([
      { type: 'Microsoft.Authorization/policyExemptions', code: 'CLOUD_DENIED' },
    ]);
  });

  it('has gaps alone for a subscription that it may not see', async () => {
    const { context } = await contextOf(SECRET);
    expect(context).toMatchObject({ assignments: [], exemptions: [], noncompliant: [] });
    expect(context.gaps.map(({ code }) => code)).toEqual(Array(3).fill('CLOUD_DENIED'));
  });

  it.each(['assignments', 'exemptions', 'policy-states'] as const)(
    'reads a page of %s again when it broke off, and loses none',
    async (on) => {
      const { context } = await contextOf(SHOP, [
        { on, skip: 1, times: 1, harm: { kind: 'reset' } },
      ]);
      expect(context.gaps).toEqual([]);
      expect(context.assignments).toHaveLength(3);
      expect(context.exemptions).toHaveLength(4);
      expect(context.noncompliant[0]?.resources).toHaveLength(2);
    },
  );

  it.each([
    { on: 'assignments', harm: 'repeat-token' },
    { on: 'assignments', harm: 'stray' },
    { on: 'assignments', harm: 'wrong-shape' },
    { on: 'exemptions', harm: 'repeat-token' },
    { on: 'exemptions', harm: 'stray' },
    { on: 'exemptions', harm: 'wrong-shape' },
    { on: 'policy-states', harm: 'repeat-token' },
    { on: 'policy-states', harm: 'stray' },
    { on: 'policy-states', harm: 'wrong-shape' },
  ] as const)(
    'is a gap, and not an empty list, when $on answer with $harm',
    async ({ on, harm }) => {
      const { context } = await contextOf(SHOP, [{ on, harm: { kind: harm } }]);
      expect(context.gaps).toMatchObject([{ code: 'CLOUD_PROTOCOL' }]);
    },
  );
});
