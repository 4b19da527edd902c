import type { Team } from './company.ts';
import type { Chance } from './seeded.ts';

export type Tags = Readonly<Record<string, string>>;

/**
 * How people tag, as seen in every company that has been around for a while. What is done about each of them is what the demo
 * is there to show.
 */
export const HABITS = [
  'tidy',
  'capital owner',
  'owner with a space',
  'shouted owner',
  'cost_center',
  'cc',
  'env',
  'short environment',
  'no owner',
  'nothing at all',
  'two spellings that disagree',
  'placeholder',
  'terraform',
  'cloudformation',
] as const;
export type Habit = (typeof HABITS)[number];

/** One turn through the company: more than half of what there is has nothing wrong with its tags. */
const TURN: readonly Habit[] = [
  ...Array.from({ length: 11 }, () => 'tidy' as const),
  ...HABITS.filter((habit) => habit !== 'tidy'),
];

/** Habits in an order that looks like none, each as often as its turn says. */
export function habitsOf(chance: Chance, allowed: (habit: Habit) => boolean): () => Habit {
  let turn: Habit[] = [];
  return () => {
    if (turn.length === 0) turn = shuffled(TURN.filter(allowed), chance);
    return turn.pop() ?? 'tidy';
  };
}

function shuffled(habits: readonly Habit[], chance: Chance): Habit[] {
  return habits
    .map((habit) => ({ habit, order: chance.next() }))
    .sort((one, other) => one.order - other.order)
    .map(({ habit }) => habit);
}

/** What is tagged by a habit, in the spelling of AWS and Azure. */
export function tagsBy(habit: Habit, team: Team, environment: string): Tags {
  return TAGS[habit](team, environment);
}

type Tagging = (team: Team, environment: string) => Tags;

const rest: Tagging = ({ costCenter }, environment) => ({ 'cost-center': costCenter, environment });

const TAGS: Readonly<Record<Habit, Tagging>> = {
  tidy: (team, environment) => ({ owner: team.owner, ...rest(team, environment) }),
  'capital owner': (team, environment) => ({ Owner: team.owner, ...rest(team, environment) }),
  'owner with a space': (team, environment) => ({
    'owner ': team.owner,
    ...rest(team, environment),
  }),
  'shouted owner': (team, environment) => ({ OWNER: team.owner, ...rest(team, environment) }),
  cost_center: ({ owner, costCenter }, environment) => ({
    owner,
    cost_center: costCenter,
    environment,
  }),
  cc: ({ owner, costCenter }, environment) => ({ owner, cc: costCenter, environment }),
  env: ({ owner, costCenter }, environment) => ({
    owner,
    'cost-center': costCenter,
    env: SHORT[environment] ?? environment,
  }),
  'short environment': (team, environment) => ({
    owner: team.owner,
    ...rest(team, SHORT[environment] ?? environment),
  }),
  'no owner': rest,
  'nothing at all': () => ({}),
  'two spellings that disagree': ({ owner, costCenter }, environment) => ({
    owner,
    environment,
    CostCenter: costCenter,
    cost_center: '4999',
  }),
  placeholder: (team, environment) => ({ owner: 'todo', ...rest(team, environment) }),
  terraform: (team, environment) => ({
    Owner: team.owner,
    ...rest(team, environment),
    'managed-by': 'terraform',
  }),
  cloudformation: (team, environment) => ({
    Owner: team.owner,
    ...rest(team, environment),
    'aws:cloudformation:stack-name': `${team.owner}-base`,
  }),
};

const SHORT: Readonly<Record<string, string>> = {
  production: 'prd',
  staging: 'stg',
  development: 'dev',
};
