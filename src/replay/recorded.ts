import { z } from 'zod';

import { SENSITIVE } from '../redact/marker.ts';
import { compact } from '../kit/compact.ts';
import { joinPath } from '../kit/paths.ts';
import { Resource } from '../model/resource.ts';

/** The resources of a decision as they were kept, and what of them was not. */
export interface RecordedInput {
  readonly resources: readonly Resource[];
  /** By address: paths whose values were taken out before the resource was kept. They are among its unknown ones. */
  readonly redacted: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * A kept input, read. What was redacted is unknown from here on: a policy that reads it must not take the mark that stands
 * there for a value, and must not take its absence for an answer.
 *
 * @returns undefined for what is no input of this version.
 */
export function readInput(text: string): RecordedInput | undefined {
  const parsed = Kept.safeParse(tryParse(text));
  if (!parsed.success) return undefined;
  const redacted = new Map<string, ReadonlySet<string>>();
  const resources = parsed.data.map((kept) => {
    const resource: Resource = compactResource(kept);
    const paths = redactedPaths(resource);
    if (paths.length === 0) return resource;
    redacted.set(resource.address, new Set(paths));
    return hide(resource, paths);
  });
  return { resources, redacted };
}

const Kept = z.array(Resource);

/** Absent and undefined are the same in what was kept, and not in the model. */
function compactResource(kept: z.output<typeof Resource>): Resource {
  return { ...kept, ...compact({ before: kept.before, location: kept.location }) };
}

/** A rule selects by tags and scope: a mark in them would be a value that no rule asks for. */
function hide(resource: Resource, paths: readonly string[]): Resource {
  return {
    ...resource,
    tags: withoutMarks(resource.tags),
    scope: withoutMarks(resource.scope),
    unknown: [...new Set([...resource.unknown, ...paths])],
  };
}

function withoutMarks(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => !isMarked(key) && !isMarked(value)),
  );
}

const LOOKED_THROUGH = ['tags', 'scope', 'facts', 'config', 'before'] as const;

function redactedPaths(resource: Resource): string[] {
  const paths: string[] = [];
  for (const member of LOOKED_THROUGH) search(resource[member], member, paths);
  return paths;
}

function search(value: unknown, path: string, paths: string[]): void {
  if (typeof value === 'string') {
    if (isMarked(value)) paths.push(path);
  } else if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) search(element, joinPath(path, index), paths);
  } else if (value !== null && typeof value === 'object') {
    // A name was taken out: nobody can tell which member this was, so of the whole object nothing is known.
    if (Object.keys(value).some(isMarked)) paths.push(path);
    else
      for (const [key, member] of Object.entries(value)) search(member, joinPath(path, key), paths);
  }
}

/** A value may be taken out of the middle of a text. */
function isMarked(text: string): boolean {
  return text.includes(SENSITIVE);
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
