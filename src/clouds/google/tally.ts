import type { Partition } from '../inventory.ts';
import { isNumber, lastPart, projectIdIn, regionOf } from './names.ts';
import type { SearchResult } from './schema.ts';
import { fromStruct } from './struct.ts';
import type { Filter } from './wanted.ts';

interface Project {
  /** Its id, from the best place that tells it; asset inventory itself speaks in numbers. */
  id: string | undefined;
  /** How many there are, by type and region. */
  readonly counts: Map<string, Count>;
}

interface Count {
  readonly type: string;
  readonly region: string;
  number: number;
}

/** What the index holds, counted: it stays small however large the estate is. */
export class Tally {
  readonly #projects = new Map<string, Project>();

  /** @param scope a project whose id is known because it was asked for by it. */
  add(found: SearchResult, scope: string | undefined, filter: Filter): void {
    // Folders, organisations and what hangs on them directly belong to no project: not read.
    if (found.project === undefined) return;
    const project = this.#project(lastPart(found.project));
    project.id = scope ?? ownId(found) ?? project.id ?? projectIdIn(found.name);
    if (!filter.type(found.assetType) || !filter.region(found.assetType, found.location)) return;
    const region = regionOf(found.assetType, found.location);
    const key = `${found.assetType} ${region}`;
    const count = project.counts.get(key) ?? { type: found.assetType, region, number: 0 };
    count.number += 1;
    project.counts.set(key, count);
  }

  /** Adds what another scope holds; a project that both hold is counted once. */
  merge(other: Tally): void {
    for (const [number, project] of other.#projects) {
      const own = this.#project(number);
      own.id ??= project.id;
      for (const [key, count] of project.counts) {
        const known = own.counts.get(key);
        if (known === undefined || known.number < count.number) own.counts.set(key, count);
      }
    }
  }

  projects(): readonly string[] {
    return [...this.#projects].map(([number, { id }]) => id ?? number);
  }

  /** @param byRegion true when only some regions are wanted; then each has parts of its own. */
  partitions(wanted: (project: string) => boolean, byRegion: boolean): readonly Partition[] {
    const parts = [...this.#projects]
      .map(([number, project]) => ({ id: project.id ?? number, counts: project.counts }))
      .filter(({ id }) => wanted(id))
      .flatMap(({ id, counts }) => partitionsOf(id, [...counts.values()], byRegion));
    return parts.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  #project(number: string): Project {
    const known = this.#projects.get(number) ?? { id: undefined, counts: new Map() };
    this.#projects.set(number, known);
    return known;
  }
}

function partitionsOf(
  project: string,
  counts: readonly Count[],
  byRegion: boolean,
): readonly Partition[] {
  const parts = new Map<string, Partition>();
  for (const { type, region, number } of counts) {
    const key = byRegion ? `${project}/${region}/${type}` : `${project}/${type}`;
    parts.set(key, {
      key,
      scope: byRegion ? { project, region } : { project },
      type,
      expected: (parts.get(key)?.expected ?? 0) + number,
    });
  }
  return [...parts.values()];
}

/** Of the asset that is the project itself. Google does not promise this attribute, so names of resources stand in for it. */
function ownId({ assetType, additionalAttributes }: SearchResult): string | undefined {
  if (assetType !== 'cloudresourcemanager.googleapis.com/Project') return undefined;
  const id = fromStruct(additionalAttributes)?.['projectId'];
  return typeof id === 'string' && id !== '' && !isNumber(id) ? id : undefined;
}
