import type { AwsEstate, ConfigItem } from '../../clouds/fakes/aws/index.ts';
import { bucket, lambda, queue, role, table, topic } from './aws-services.ts';
import { database, instance, securityGroup, volume, vpc } from './aws-shapes.ts';
import type { AwsSite } from './aws-shapes.ts';
import { PARTS, TEAMS } from './company.ts';
import type { Team } from './company.ts';
import { habitsOf, tagsBy } from './habits.ts';
import type { Habit } from './habits.ts';
import { seeded } from './seeded.ts';
import type { Chance } from './seeded.ts';

interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly team: Team;
  readonly environment: string;
}

const ACCOUNTS: readonly DemoAccount[] = [
  { id: '111122223333', name: 'shop-production', team: TEAMS.shop, environment: 'production' },
  {
    id: '222233334444',
    name: 'payments-production',
    team: TEAMS.payments,
    environment: 'production',
  },
  { id: '333344445555', name: 'shop-staging', team: TEAMS.shop, environment: 'staging' },
];

/** Bought last year; nobody has made the role there yet. */
const LOCKED = { id: '444455556666', name: 'acquired-games' };

export const AWS_REGIONS = ['eu-central-1', 'eu-west-1'] as const;
export const AWS_READABLE = ACCOUNTS.map(({ id }) => id);
export const AWS_LOCKED = LOCKED.id;
/** Its role may do everything but look at the tags of roles. */
export const AWS_HALF_BLIND = '333344445555';

/** What each region of each account has. */
const STOCK: readonly (readonly [count: number, shape: (site: AwsSite) => ConfigItem])[] = [
  [7, instance],
  [5, volume],
  [4, bucket],
  [3, securityGroup],
  [2, database],
  [2, queue],
  [1, topic],
  [2, table],
  [2, lambda],
];
const ROLES = 2;
/** One in five was made in a hurry. */
const CAREFUL = 0.8;

/** The AWS organisation of the demo: the same in every run. */
export function awsEstate(): AwsEstate {
  const chance = seeded(20_261_125);
  const habit = habitsOf(chance, () => true);
  return {
    home: ACCOUNTS[0]?.id ?? '',
    accounts: [
      ...ACCOUNTS.map((account) => ({
        id: account.id,
        name: account.name,
        status: 'ACTIVE' as const,
        regions: AWS_REGIONS.map((name) => ({
          name,
          items: itemsOf(account, name, chance, habit),
        })),
      })),
      {
        ...LOCKED,
        status: 'ACTIVE',
        refuses: true,
        regions: AWS_REGIONS.map((name) => ({ name, items: [] })),
      },
    ],
  };
}

function itemsOf(
  account: DemoAccount,
  region: string,
  chance: Chance,
  habit: () => Habit,
): readonly ConfigItem[] {
  const network = `vpc-0${chance.hex(16)}`;
  const site = (name: string): AwsSite => ({
    ...{ account: account.id, region, chance, name, vpc: network },
    careful: chance.chance(CAREFUL),
  });
  const { team, environment } = account;
  const tagged = (item: ConfigItem): ConfigItem => ({
    ...item,
    tags: tagsBy(habit(), team, environment),
  });
  // What has no owner of its own is in a network that has one.
  const networks = [{ ...vpc(site('main')), tags: tagsBy('tidy', team, environment) }];
  const stock = STOCK.flatMap(([count, shape], kind) =>
    Array.from({ length: count }, (_, index) => tagged(shape(site(nameOf(kind, index))))),
  );
  const roles = region === AWS_REGIONS[0] ? rolesOf(site).map(tagged) : [];
  return [...networks, ...stock, ...roles];
}

function rolesOf(site: (name: string) => AwsSite): ConfigItem[] {
  return Array.from({ length: ROLES }, (_, index) => role(site(`worker-${index + 1}`)));
}

function nameOf(kind: number, index: number): string {
  return PARTS[(kind * 5 + index) % PARTS.length] ?? 'thing';
}
