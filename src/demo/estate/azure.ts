import type { FakeArmResource, FakeAzureEstate } from '../../clouds/fakes/azure/index.ts';
import {
  disk,
  machine,
  resourceGroup,
  securityGroup,
  storage,
  vault,
  webApp,
} from './azure-shapes.ts';
import type { AzureShape, AzureSite } from './azure-shapes.ts';
import { PARTS, TEAMS } from './company.ts';
import type { Team } from './company.ts';
import { habitsOf, tagsBy } from './habits.ts';
import type { Habit } from './habits.ts';
import { seeded } from './seeded.ts';
import type { Chance } from './seeded.ts';

const TENANT = '99999999-9999-4999-8999-999999999999';

interface DemoSubscription {
  readonly id: string;
  readonly name: string;
  readonly environment: string;
  readonly groups: Readonly<Record<string, Team>>;
}

const SUBSCRIPTIONS: readonly DemoSubscription[] = [
  {
    id: 'a1111111-1111-4111-8111-111111111111',
    name: 'retail-production',
    environment: 'production',
    groups: { 'rg-shop': TEAMS.shop, 'rg-payments': TEAMS.payments },
  },
  {
    id: 'b2222222-2222-4222-8222-222222222222',
    name: 'retail-development',
    environment: 'development',
    groups: { 'rg-shop': TEAMS.shop, 'rg-platform': TEAMS.platform },
  },
];

export const AZURE_SUBSCRIPTIONS = SUBSCRIPTIONS.map(({ id }) => id);

/** What each resource group has. */
const STOCK: readonly (readonly [count: number, shape: AzureShape])[] = [
  [3, storage],
  [4, machine],
  [4, disk],
  [2, securityGroup],
  [2, vault],
  [2, webApp],
];
const CAREFUL = 0.8;

/** Names of tags are the same in any case here, and none ends in a space. Nothing is CloudFormation's. */
const ABROAD: readonly Habit[] = ['owner with a space', 'cloudformation', 'terraform'];

/** The Azure tenant of the demo: the same in every run. */
export function azureEstate(): FakeAzureEstate {
  const chance = seeded(4711);
  const habit = habitsOf(chance, (one) => !ABROAD.includes(one));
  return {
    tenant: TENANT,
    subscriptions: SUBSCRIPTIONS.map((subscription) => ({
      id: subscription.id,
      name: subscription.name,
      tags: { environment: subscription.environment },
      resources: Object.entries(subscription.groups).flatMap(([group, team]) =>
        resourcesOf(subscription, group, team, chance, habit),
      ),
    })),
  };
}

function resourcesOf(
  { id, environment }: DemoSubscription,
  group: string,
  team: Team,
  chance: Chance,
  habit: () => Habit,
): readonly FakeArmResource[] {
  const site = (name: string): AzureSite => ({
    ...{ subscription: id, group, chance, name },
    careful: chance.chance(CAREFUL),
  });
  const stock = STOCK.flatMap(([count, shape], kind) =>
    Array.from({ length: count }, (_, index) => ({
      ...shape(site(PARTS[(kind * 3 + index) % PARTS.length] ?? 'thing')),
      tags: tagsBy(habit(), team, environment),
    })),
  );
  return [resourceGroup(id, group, tagsBy('tidy', team, environment)), ...stock];
}
