import { matchesAny } from '../../kit/glob.ts';
import { CloudError } from '../errors.ts';
import type { Gap, InventoryPlan, Wanted } from '../inventory.ts';
import type { Assets } from './assets.ts';
import { isNumber, lastPart } from './names.ts';
import type { GoogleSettings } from './schema.ts';
import { Tally } from './tally.ts';
import { trailOfTokens } from './tokens.ts';
import { filterOf } from './wanted.ts';
import type { Filter } from './wanted.ts';

/** Just what is needed to count: whole results would make the plan of a large estate a download of it. */
const FIELDS = ['name', 'assetType', 'project', 'location', 'additionalAttributes'];

interface ScopePlan {
  readonly tally: Tally;
  readonly gap?: Gap;
  /** What was asked for by name: a project, or a scope that is unreadable or empty. */
  readonly account?: string;
}

/**
 * Counts what the index holds in every scope, so that only lists are asked for that have something in them: ListAssets is
 * the scarcer quota by far.
 *
 * @throws CloudError for credentials, which are the same for every scope, and when nobody wants to know any more.
 */
export async function planInventory(
  assets: Assets,
  settings: GoogleSettings,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<InventoryPlan> {
  const filter = filterOf(settings, wanted);
  const whole = new Tally();
  const gaps: Gap[] = [];
  const accounts: string[] = [];
  for (const scope of settings.scopes.filter((one) => mayHold(one, filter))) {
    const { tally, gap, account } = await planScope(assets, scope, filter, signal);
    whole.merge(tally);
    if (gap !== undefined) gaps.push(gap);
    if (account !== undefined) accounts.push(account);
  }
  const found = whole.projects().filter(filter.project);
  const missing = missingProjects(settings, wanted, [...accounts, ...found]);
  return {
    partitions: whole.partitions(filter.project, wanted.regions !== undefined),
    gaps: [...gaps, ...missing.map(missingGap)],
    accounts: [...new Set([...accounts, ...found, ...missing])].sort(),
  };
}

/** A project that is known by its id is not asked when it is not wanted; of all else only the answer tells. */
function mayHold(scope: string, filter: Filter): boolean {
  const project = projectOf(scope);
  return project === undefined || filter.project(project);
}

function projectOf(scope: string): string | undefined {
  const name = lastPart(scope);
  return scope.startsWith('projects/') && !isNumber(name) ? name : undefined;
}

async function planScope(
  assets: Assets,
  scope: string,
  filter: Filter,
  signal: AbortSignal,
): Promise<ScopePlan> {
  const tally = new Tally();
  const project = projectOf(scope);
  try {
    await count(
      assets,
      scope,
      (page) => {
        for (const found of page.results ?? []) tally.add(found, project, filter);
      },
      signal,
    );
    const account = project ?? (tally.projects().length === 0 ? accountOf(scope) : undefined);
    return { tally, ...(account === undefined ? {} : { account }) };
  } catch (thrown) {
    if (!(thrown instanceof CloudError) || isForAll(thrown)) throw thrown;
    return { tally, gap: gapOf(scope, thrown), account: project ?? accountOf(scope) };
  }
}

function isForAll({ code }: CloudError): boolean {
  return code === 'CLOUD_CREDENTIALS' || code === 'CLOUD_STOPPED';
}

async function count(
  assets: Assets,
  scope: string,
  add: (page: Awaited<ReturnType<Assets['search']>>) => void,
  signal: AbortSignal,
): Promise<void> {
  const trail = trailOfTokens();
  let pageToken: string | undefined;
  do {
    const page = await assets.search({ scope, fields: FIELDS, pageToken }, signal);
    add(page);
    trail.step(scope, pageToken, page.nextPageToken);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}

/** A project by its number is an account; an organisation is named whole, since its number alone says nothing. */
function accountOf(scope: string): string {
  return scope.startsWith('projects/') ? lastPart(scope) : scope;
}

function gapOf(scope: string, { code, message }: CloudError): Gap {
  const level = scope.slice(0, scope.indexOf('/') - 1);
  return {
    scope: { [level]: accountOf(scope) },
    code,
    message: `${scope} cannot be searched, or not to its end: ${message}`,
  };
}

/** Projects that the configuration names, and that no scope holds. */
function missingProjects(
  { projects }: GoogleSettings,
  { accounts }: Wanted,
  found: readonly string[],
): readonly string[] {
  return (projects ?? []).filter(
    (project) =>
      !/[*?]/.test(project) &&
      !found.includes(project) &&
      (accounts === undefined || matchesAny(accounts, project)),
  );
}

function missingGap(project: string): Gap {
  return {
    scope: { project },
    code: 'CLOUD_MISSING',
    message: `project ${project} is in none of the scopes, or nothing of it may be seen`,
  };
}
