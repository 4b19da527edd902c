import { findShape, typeKey } from '../../catalogue/registry.ts';
import { matchesAny } from '../../kit/glob.ts';
import type { Wanted } from '../inventory.ts';
import type { ServedKind } from './directory.ts';
import type { KubernetesSettings } from './schema.ts';

/**
 * What a cluster makes by the minute and nobody governs. Left out of what a rule over everything (`*`) looks at; `kinds` of
 * the settings asks for them by name.
 */
const CHURN = new Set([
  'Endpoints',
  'Event',
  'events.k8s.io/Event',
  'coordination.k8s.io/Lease',
  'discovery.k8s.io/EndpointSlice',
  'metrics.k8s.io/NodeMetrics',
  'metrics.k8s.io/PodMetrics',
]);

/** The kinds to list: those that rules look at and the settings allow. */
export function choose(
  served: readonly ServedKind[],
  wanted: Wanted['kind'],
  kinds: KubernetesSettings['kinds'],
): ServedKind[] {
  return served.filter((one) => {
    const kind = kindOf(one.type);
    if (!wanted(kind) || isMirror(one, served)) return false;
    return isNamed(kinds, [kind, one.type]) ?? !CHURN.has(typeKey(one.type));
  });
}

/** What the settings say of a kind; undefined where they only name others to leave out. */
function isNamed(kinds: readonly string[] = [], names: readonly string[]): boolean | undefined {
  const out = kinds.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const named = kinds.filter((glob) => !glob.startsWith('!'));
  if (names.some((name) => matchesAny(out, name))) return false;
  return named.length === 0 ? undefined : names.some((name) => matchesAny(named, name));
}

/** The kind in the catalogue, or the type itself where it has none. */
export function kindOf(type: string): string {
  return findShape('kubernetes', type)?.kind ?? type;
}

/** `extensions` shows objects of newer groups a second time. */
export function isMirror({ apiVersion, kind }: ServedKind, served: readonly ServedKind[]): boolean {
  return (
    apiVersion.startsWith('extensions/') &&
    served.some((other) => other.kind === kind && other.apiVersion !== apiVersion)
  );
}

/** Which namespaces are read. */
export interface Namespaces {
  /** All of them, where the settings name each: then no right on the whole cluster is needed. */
  readonly named: readonly string[] | undefined;
  readonly includes: (namespace: string) => boolean;
}

export function namespacesOf({ include, exclude }: KubernetesSettings['namespaces']): Namespaces {
  const includes = (namespace: string): boolean =>
    (include === undefined || matchesAny(include, namespace)) &&
    !(exclude !== undefined && matchesAny(exclude, namespace));
  const plain = include?.every((glob) => !/[*?]/.test(glob)) === true;
  return { named: plain ? [...new Set(include)].filter(includes).sort() : undefined, includes };
}
