import { matchesAny } from '../../kit/glob.ts';
import { CloudError } from '../errors.ts';
import type { CloudErrorCode } from '../errors.ts';
import type { Gap, Wanted } from '../inventory.ts';
import type { Graph, GraphQuestion } from './graph.ts';
import { follow } from './paging.ts';
import { SubscriptionRow } from './schema.ts';
import type { AzureSettings, Cursor } from './schema.ts';

const QUERY =
  "resourcecontainers | where type =~ 'microsoft.resources/subscriptions'" +
  ' | project id, name, subscriptionId, properties | order by id asc';

/** Subscriptions in one question: few enough for a summary of their types to fit a page. */
export const TOGETHER = 100;

export interface KnownSubscription {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

/** The subscriptions that the settings and the sweep ask for. */
export interface Subscriptions {
  readonly readable: readonly KnownSubscription[];
  readonly gaps: readonly Gap[];
  /** Readable or not; a management group that cannot be looked into stands here itself. */
  readonly accounts: readonly string[];
}

/**
 * Finds out which subscriptions there are and which of them answer. Resource Graph leaves out what the caller may not see
 * without a word: whoever is asked for and not answered for is a gap.
 *
 * @throws CloudError when nobody can be asked.
 */
export async function findSubscriptions(
  graph: Graph,
  settings: AzureSettings,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Subscriptions> {
  const globs = wanted.accounts?.map((glob) => glob.toLowerCase());
  const isWanted = (...names: string[]): boolean =>
    globs === undefined || names.some((name) => matchesAny(globs, name.toLowerCase()));
  const groups = await expandGroups(graph, settings.managementGroups, signal);
  const found = new Map(groups.found.map((one) => [one.id, one]));
  const named = await askNamed(
    graph,
    settings.subscriptions.filter((id) => !found.has(id)),
    signal,
  );
  for (const one of named.found) found.set(one.id, one);
  const readable = [...found.values()].filter(({ id, name }) => isWanted(id, name));
  const refused = named.refused.filter(({ account }) => isWanted(account));
  // A group that refuses may have in it whatever is wanted.
  const gaps = [...groups.refused, ...refused];
  return {
    readable,
    gaps: gaps.map(({ account, error }) => gapOf(account, error)),
    accounts: [...readable.map(({ id }) => id), ...gaps.map(({ account }) => account)],
  };
}

interface Refused {
  readonly account: string;
  readonly error: CloudError;
}
interface Answered {
  readonly found: readonly KnownSubscription[];
  readonly refused: readonly Refused[];
}

/** Each group by itself, so that one that refuses does not take the others with it. */
async function expandGroups(
  graph: Graph,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<Answered> {
  const found: KnownSubscription[] = [];
  const refused: Refused[] = [];
  for (const group of groups) {
    const account = `managementGroups/${group}`;
    try {
      const { subscriptions, incomplete } = await list(
        graph,
        { managementGroups: [group] },
        signal,
      );
      found.push(...subscriptions);
      if (incomplete !== undefined)
        refused.push({ account, error: new CloudError('CLOUD_PROTOCOL', incomplete) });
    } catch (thrown) {
      refused.push({ account, error: bearable(thrown) });
    }
  }
  return { found, refused };
}

async function askNamed(
  graph: Graph,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Answered> {
  const { results, refused } = await inParts(ids, async (part) => {
    const { subscriptions, incomplete } = await list(graph, { subscriptions: part }, signal);
    if (incomplete !== undefined) throw new CloudError('CLOUD_PROTOCOL', incomplete);
    return subscriptions;
  });
  const found = results.flat();
  const seen = new Set(
    [...found, ...refused.map(({ account: id }) => ({ id }))].map(({ id }) => id),
  );
  const unseen = ids.filter((id) => !seen.has(id));
  return { found, refused: [...refused, ...unseen.map((account) => ({ account, error: UNSEEN }))] };
}

const UNSEEN = new CloudError(
  'CLOUD_DENIED',
  'Azure does not answer for it: it is not there, or these credentials have no role in it',
);

/**
 * Asks for many subscriptions at a time. A part that is refused is halved until those are found that it is about; one that
 * fails for another reason is not, and after two of those in a row the rest is not asked: an outage is not answered with
 * more calls.
 *
 * @throws CloudError where there was an outage and nobody answered.
 */
export async function inParts<T>(
  ids: readonly string[],
  ask: (part: readonly string[]) => Promise<T>,
  size = TOGETHER,
): Promise<{ readonly results: readonly T[]; readonly refused: readonly Refused[] }> {
  const results: T[] = [];
  const refused: Refused[] = [];
  const outages: CloudError[] = [];
  const work = parts(ids, size);
  for (let part = work.shift(); part !== undefined; part = work.shift()) {
    try {
      if (outages.length >= OUTAGE) throw outages[0] ?? UNSEEN;
      results.push(await ask(part));
      outages.length = 0;
    } catch (thrown) {
      const error = bearable(thrown);
      if (!concernsSome(error)) outages.push(error);
      if (part.length > 1 && concernsSome(error))
        work.unshift(...parts(part, Math.ceil(part.length / 2)));
      else refused.push(...part.map((account) => ({ account, error })));
    }
  }
  if (results.length === 0 && outages[0] !== undefined) throw outages[0];
  return { results, refused };
}

/** Parts in a row that fail before the others are given up. */
const OUTAGE = 2;

function parts(ids: readonly string[], size: number): (readonly string[])[] {
  const count = Math.ceil(ids.length / size);
  return Array.from({ length: count }, (_, index) => ids.slice(index * size, (index + 1) * size));
}

function concernsSome({ code }: CloudError): boolean {
  return ['CLOUD_DENIED', 'CLOUD_MISSING', 'CLOUD_INVALID', 'CLOUD_PROTOCOL'].includes(code);
}

/** What is about all that is asked of Azure, and not about some of it. */
const OF_ALL: ReadonlySet<CloudErrorCode> = new Set([
  'CLOUD_STOPPED',
  'CLOUD_CREDENTIALS',
  'CLOUD_SETTINGS',
  // The quota is that of the caller: whoever asks on is told the same.
  'CLOUD_PARKED',
]);

/** @throws what no other question would fare better with. */
function bearable(thrown: unknown): CloudError {
  if (thrown instanceof CloudError && !OF_ALL.has(thrown.code)) return thrown;
  throw thrown;
}

export function gapOf(account: string, error: CloudError): Gap {
  return {
    scope: { subscription: account },
    code: error.code,
    message: `${account}: ${error.message}`,
  };
}

/** All subscriptions of a scope, over all pages. */
async function list(
  graph: Graph,
  scope: Pick<GraphQuestion, 'subscriptions' | 'managementGroups'>,
  signal: AbortSignal,
): Promise<{ subscriptions: KnownSubscription[]; incomplete?: string }> {
  const subscriptions: KnownSubscription[] = [];
  let cursor: Cursor | undefined;
  for (;;) {
    const skip = cursor === undefined ? {} : { skipToken: cursor.token };
    const question = { ...scope, ...skip, query: QUERY, action: 'subscriptions' };
    const page = await graph.ask(question, signal);
    subscriptions.push(...page.data.map(subscriptionOf));
    if (page.limitHit)
      return { subscriptions, incomplete: 'there are more subscriptions than Azure looks at' };
    const { next, incomplete } = follow(page, cursor);
    if (next === undefined)
      return { subscriptions, ...(incomplete === undefined ? {} : { incomplete }) };
    cursor = next;
  }
}

function subscriptionOf(told: unknown): KnownSubscription {
  const row = SubscriptionRow.safeParse(told);
  if (!row.success)
    throw new CloudError('CLOUD_PROTOCOL', 'a subscription is told in another shape', {
      cause: row.error,
    });
  const { subscriptionId, name, properties } = row.data;
  return { id: subscriptionId.toLowerCase(), name, state: properties?.state ?? 'Unknown' };
}
