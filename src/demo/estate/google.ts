import type { GoogleAsset, GoogleEstate } from '../../clouds/fakes/google/index.ts';
import { PARTS, TEAMS } from './company.ts';
import type { Team } from './company.ts';
import {
  bucket,
  database,
  dataset,
  disk,
  firewall,
  machine,
  project,
  topic,
} from './google-shapes.ts';
import type { GoogleShape } from './google-shapes.ts';
import { habitsOf, tagsBy } from './habits.ts';
import type { Habit, Tags } from './habits.ts';
import { seeded } from './seeded.ts';
import type { Chance } from './seeded.ts';

interface DemoProject {
  readonly id: string;
  readonly number: string;
  readonly team: Team;
  readonly environment: string;
}

const PROJECTS: readonly DemoProject[] = [
  { id: 'shop-prod', number: '100200300401', team: TEAMS.shop, environment: 'production' },
  { id: 'data-lake', number: '100200300402', team: TEAMS.data, environment: 'production' },
  { id: 'data-lab', number: '100200300403', team: TEAMS.data, environment: 'development' },
];

export const GOOGLE_ORGANIZATION = '900100200300';
export const GOOGLE_PROJECTS = PROJECTS.map(({ id }) => id);

/** What each project has. */
const STOCK: readonly (readonly [count: number, shape: GoogleShape])[] = [
  [4, bucket],
  [5, machine],
  [4, disk],
  [3, topic],
  [1, database],
  [2, dataset],
  [2, firewall],
];
const CAREFUL = 0.8;

/** Labels are small letters, without spaces, so nobody can shout. */
const ABROAD: readonly Habit[] = [
  'capital owner',
  'owner with a space',
  'shouted owner',
  'cloudformation',
  'two spellings that disagree',
];

/** The Google Cloud organisation of the demo: the same in every run. */
export function googleEstate(): GoogleEstate {
  const chance = seeded(8080);
  const habit = habitsOf(chance, (one) => !ABROAD.includes(one));
  return {
    organization: GOOGLE_ORGANIZATION,
    projects: PROJECTS.map(({ id, number }) => ({ id, number })),
    assets: PROJECTS.flatMap((one) => assetsOf(one, chance, habit)),
  };
}

function assetsOf(
  { id, number, team, environment }: DemoProject,
  chance: Chance,
  habit: () => Habit,
): readonly GoogleAsset[] {
  const stock = STOCK.flatMap(([count, shape], kind) =>
    Array.from({ length: count }, (_, index) =>
      shape({
        project: id,
        chance,
        careful: chance.chance(CAREFUL),
        name: PARTS[(kind * 7 + index) % PARTS.length] ?? 'thing',
        labels: labelsBy(habit(), team, environment),
      }),
    ),
  );
  return [project(id, number, tagsBy('tidy', team, environment)), ...stock];
}

/** Terraform's provider leaves a mark of its own. */
function labelsBy(habit: Habit, team: Team, environment: string): Tags {
  if (habit !== 'terraform') return tagsBy(habit, team, environment);
  return { environment, 'cost-center': team.costCenter, 'goog-terraform-provisioned': 'true' };
}
