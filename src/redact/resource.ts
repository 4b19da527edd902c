import { canonicalJson } from '../kit/canonical-json.ts';
import { joinPath, splitPath } from '../kit/paths.ts';
import { isRecord } from '../kit/record.ts';
import type { Resource } from '../model/resource.ts';
import { SENSITIVE } from './marker.ts';
import { redactorOf } from './document.ts';
import { hides, isValueKey, nameOf } from './redactor.ts';
import type { Redactor } from './redactor.ts';

/**
 * Resources in normal form without their sensitive values, as canonical JSON: what a record keeps so that it can be judged
 * again. The paths of everything that was taken out stand in `sensitive`; a verdict that hangs on one of them cannot be had
 * again. Marked lists and maps are one marker; tags, facts and scope keep their keys. Addresses stay unique.
 *
 * @param secrets what the document states outside its resources.
 */
export function redactedInput(
  resources: readonly Resource[],
  secrets: readonly string[] = [],
): string {
  const redactor = withMemory(redactorOf(resources, secrets));
  const addressOf = uniqueAddresses(redactor);
  return canonicalJson(
    resources.map((resource) => ({
      ...redactResource(resource, redactor),
      address: addressOf(resource.address),
    })),
  );
}

/** Names of members, kinds and most values come back in every resource of a plan; longer texts are not worth keeping. */
const LONGEST_KEPT = 64;
const MOST_KEPT = 20_000;

/** The same redactor for one document, that looks at a short text once. */
function withMemory(redactor: Redactor): Redactor {
  const known = new Map<string, string>();
  const text = (given: string): string => {
    if (given.length > LONGEST_KEPT) return redactor.text(given);
    const found = known.get(given);
    if (found !== undefined) return found;
    const clean = redactor.text(given);
    if (known.size < MOST_KEPT) known.set(given, clean);
    return clean;
  };
  return { ...redactor, text };
}

/** Two addresses that differ in a secret alone must not become one: verdicts are joined by them. */
function uniqueAddresses(redactor: Redactor): (address: string) => string {
  const taken = new Set<string>();
  return (address) => {
    const clean = redactor.text(address).toWellFormed();
    let unique = clean;
    for (let count = 2; clean !== address && taken.has(unique); count++)
      unique = `${clean} (${count})`;
    taken.add(unique);
    return unique;
  };
}

/** One resource without its sensitive values; what was hidden besides the marked paths is added to `sensitive`. */
export function redactResource(resource: Resource, redactor: Redactor): Resource {
  const hiding: Hiding = { redactor, keys: [], hidden: new Set() };
  const marks = marksOf(resource.sensitive);
  const text = (given: string): string => redactor.text(given).toWellFormed();
  const record = (root: string, value: Readonly<Record<string, unknown>>) =>
    hideRoot(root, value, marks.get(root), hiding);
  const texts = (root: string, value: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(record(root, value)).map(([k, v]) => [k, String(v)]));
  const parts = {
    scope: texts('scope', resource.scope),
    tags: texts('tags', resource.tags),
    facts: Object.fromEntries(Object.entries(record('facts', resource.facts)).map(factOf)),
    config: record('config', resource.config),
    ...(resource.before === undefined ? {} : { before: record('before', resource.before) }),
  };
  const { previousAddress, location } = resource;
  return {
    ...resource,
    ...parts,
    address: text(resource.address),
    kind: text(resource.kind),
    type: text(resource.type),
    unknown: resource.unknown.map(text),
    sensitive: [...new Set([...resource.sensitive.map(text), ...hiding.hidden])],
    ...(previousAddress === undefined ? {} : { previousAddress: text(previousAddress) }),
    ...(location === undefined ? {} : { location: { ...location, file: text(location.file) } }),
  };
}

function factOf([name, value]: [string, unknown]): [string, string | number | boolean] {
  if (typeof value === 'number' || typeof value === 'boolean') return [name, value];
  return [name, String(value)];
}

/** The marked paths as a tree; a mark stands for all that is below it. */
type Marks = Map<string | number, Marks> | 'all';

function marksOf(paths: readonly string[]): Map<string | number, Marks> {
  const root = new Map<string | number, Marks>();
  for (const path of paths) mark(root, splitPath(path));
  return root;
}

function mark(root: Map<string | number, Marks>, keys: readonly (string | number)[]): void {
  let at = root;
  for (const [depth, key] of keys.entries()) {
    const below = at.get(key);
    if (below === 'all') return;
    if (depth === keys.length - 1) at.set(key, 'all');
    else {
      const next = below ?? new Map<string | number, Marks>();
      at.set(key, next);
      at = next;
    }
  }
}

interface Hiding {
  readonly redactor: Redactor;
  /** Where in the resource we are. */
  readonly keys: (string | number)[];
  readonly hidden: Set<string>;
}

/** The members of a resource are records whatever is marked: a mark on a whole one hides each of its values. */
function hideRoot(
  root: string,
  value: Readonly<Record<string, unknown>>,
  marks: Marks | undefined,
  hiding: Hiding,
): Record<string, unknown> {
  const below = marks === 'all' ? new Map(Object.keys(value).map((key) => [key, ALL])) : marks;
  hiding.keys.push(root);
  const hidden = hideMembers(value, below, hiding);
  hiding.keys.pop();
  return hidden;
}

const ALL: Marks = 'all';

function hideMembers(
  value: Readonly<Record<string, unknown>>,
  marks: Marks | undefined,
  hiding: Hiding,
): Record<string, unknown> {
  const named = nameOf(value);
  const members = Object.entries(value).map(([key, member]): [string, unknown] => {
    const shown = hiding.redactor.text(key).toWellFormed();
    const name = isValueKey(key) ? (named ?? key) : key;
    return [shown, hideAt(shown, member, { name, marks: below(marks, key) }, hiding)];
  });
  return Object.fromEntries(members);
}

function below(marks: Marks | undefined, key: string | number): Marks | undefined {
  return marks === 'all' ? marks : marks?.get(key);
}

interface Spot {
  readonly name: string;
  readonly marks: Marks | undefined;
}

function hideAt(key: string | number, value: unknown, spot: Spot, hiding: Hiding): unknown {
  hiding.keys.push(key);
  const shown = hide(value, spot, hiding);
  hiding.keys.pop();
  return shown;
}

function hide(value: unknown, { name, marks }: Spot, hiding: Hiding): unknown {
  if (value === null || value === undefined) return value;
  if (marks === 'all') return SENSITIVE;
  if (Array.isArray(value))
    return value.map((element, at) =>
      hideAt(at, element, { name, marks: below(marks, at) }, hiding),
    );
  if (isRecord(value)) return hideMembers(value, marks, hiding);
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  return hideLeaf(value, name, hiding);
}

function hideLeaf(value: string | number, name: string, { redactor, keys, hidden }: Hiding) {
  const given = String(value);
  const shown = typeof value === 'string' && hides(name, given) ? SENSITIVE : redactor.text(given);
  if (shown === given) return typeof value === 'string' ? value.toWellFormed() : value;
  hidden.add(keys.reduce<string>(joinPath, ''));
  return shown.toWellFormed();
}
