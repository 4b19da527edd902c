import { z } from 'zod';

import { KUBERNETES_KINDS } from '../../catalogue/kubernetes/index.ts';
import { sha256 } from '../../kit/digest.ts';
import { CloudError } from '../errors.ts';
import type { CloudErrorCode } from '../errors.ts';
import type { Page, Partition, Wanted } from '../inventory.ts';
import { isMirror, kindOf } from './choose.ts';
import type { Cluster } from './cluster.ts';
import type { Served } from './directory.ts';
import { readPage } from './list.ts';

/**
 * Makes one part of the kinds that rules compare. A rule believes that what is not in it does not exist, so a kind is in it
 * only where all there is of it can be read: not one that is refused, that the settings leave out in part, that is read
 * namespace by namespace, or of which a part may be in a group that does not answer.
 */
export function joinCompared(
  cluster: string,
  partitions: readonly Partition[],
  served: Served,
  { together }: Wanted,
): readonly Partition[] {
  if (together === undefined) return partitions;
  const ofCluster = partitions.filter(({ scope }) => scope['namespace'] === undefined);
  const readable = new Set(ofCluster.map(({ type }) => type));
  const compared = served.kinds
    .filter((one) => together(kindOf(one.type)) && !isMirror(one, served.kinds))
    .map(({ type }) => type);
  const torn = new Set(compared.filter((type) => !readable.has(type)).map(kindOf));
  for (const kind of unanswered(served)) torn.add(kind);
  const types = compared.filter((type) => !torn.has(kindOf(type))).sort();
  if (types.length === 0) return partitions;
  const joined = ofCluster.filter(({ type }) => type !== undefined && types.includes(type));
  return [partOf(cluster, types, joined), ...partitions.filter((one) => !joined.includes(one))];
}

/**
 * A part of other kinds is another part: had it one key for all of them, what it held of a kind that is refused today would
 * be missing from a part that was read whole, and its findings would be closed.
 */
function partOf(
  cluster: string,
  types: readonly string[],
  joined: readonly Partition[],
): Partition {
  const digest = sha256(types.join(' ')).slice('sha256:'.length, 'sha256:'.length + 16);
  return {
    // A type has a slash: no part of one kind is called like this.
    key: `${cluster}/*/together-${digest}`,
    scope: { cluster },
    together: Object.fromEntries(types.map((type) => [type, kindOf(type)])),
    expected: joined.reduce((sum, { expected }) => sum + (expected ?? 0), 0),
  };
}

/** Kinds of the catalogue that a group may hold which did not answer. */
function unanswered({ failures }: Served): string[] {
  const groups = failures.map(({ apiVersion }) => apiVersion.replace(/[^/]*$/, ''));
  const isIn = (type: string): boolean => groups.some((group) => type.startsWith(group));
  return KUBERNETES_KINDS.filter(({ shapes }) => shapes.kubernetes?.types.some(isIn)).map(
    ({ kind }) => kind,
  );
}

/** The kind that is being read, and where its list goes on. */
const Place = z.object({ type: z.string(), cursor: z.string().optional() });
type Place = z.infer<typeof Place>;

/**
 * One page of one of the kinds, which follow each other in the order of their names.
 *
 * @throws CloudError
 */
export async function readCompared(
  cluster: Cluster,
  { scope, together = {} }: Partition,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const types = Object.keys(together).sort();
  const { type, cursor: within } = placeOf(cursor, types);
  const { next, ...page } = await unlessOfKind(
    { scope, type },
    async () => await readPage(cluster, { scope, type }, within, signal),
  );
  const following = types[types.indexOf(type) + 1];
  if (next !== undefined) return { ...page, next: spell({ type, cursor: next }) };
  return following === undefined ? page : { ...page, next: spell({ type: following }) };
}

/** What tells of one kind alone; of a server that is away, or wants to be left alone, the next kind would hear the same. */
const OF_KIND: ReadonlySet<CloudErrorCode> = new Set([
  'CLOUD_DENIED',
  'CLOUD_MISSING',
  'CLOUD_INVALID',
  'CLOUD_PROTOCOL',
]);

/** A kind that is refused in the middle of a sweep does not hide the others. */
async function unlessOfKind(
  place: Pick<Partition, 'scope' | 'type'>,
  read: () => Promise<Page>,
): Promise<Page> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof CloudError) || !OF_KIND.has(error.code)) throw error;
    const { code, message } = error;
    return { resources: [], gaps: [{ ...place, code, message }] };
  }
}

function placeOf(cursor: string | undefined, types: readonly string[]): Place {
  const [first] = types;
  if (cursor === undefined && first !== undefined) return { type: first };
  const place = Place.safeParse(parsed(cursor)).data;
  if (place !== undefined && types.includes(place.type)) return place;
  throw new CloudError('CLOUD_PROTOCOL', 'the place where the lists were to go on is not readable');
}

function parsed(text: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return value;
  } catch {
    return undefined;
  }
}

function spell(place: Place): string {
  return JSON.stringify(place);
}
