import { splitPath } from '../kit/paths.ts';
import type { RawResource } from '../sources/source.ts';
import { UNKNOWN } from './facts.ts';
import { toPathTree, touches } from './path-tree.ts';
import type { PathKey, PathTree } from './path-tree.ts';

/** A value read from a resource: there, absent (`undefined`), or not known until apply. */
export type Read<T> = T | undefined | typeof UNKNOWN;

/**
 * How a kind's fact functions see a resource. Reading through the view keeps unknown apart from absent, so that no
 * fact is made of a value that is still to come. Paths are those of src/kit/paths.ts; `''` is the view itself, and
 * `[0]` after a single object means that object, so `versioning[0].enabled` reads a nested block in either spelling.
 */
export interface View {
  readonly resource: RawResource;
  /** Whatever stands at a path, plain data; null reads as absent; UNKNOWN when it, or anything above it, is not known. */
  readonly read: (path: string) => Read<unknown>;
  /** As `read`; strings `"true"` and `"false"`, `"1"` and `"0"` (old Terraform) count. Anything else is absent. */
  readonly boolean: (path: string) => Read<boolean>;
  /** As `read`; numbers and booleans come as text, lists and objects are absent. */
  readonly string: (path: string) => Read<string>;
  /** As `read`; numeric strings count. Anything else is absent. */
  readonly number: (path: string) => Read<number>;
  /** The list at a path; a single object counts as a list of one, null as an empty list. Elements may be unknown. */
  readonly list: (path: string) => Read<readonly View[]>;
  /**
   * The same resource as its author wrote it: what is unknown only because the provider will fill it in is absent.
   * Where the document does not tell what was written, nothing changes.
   */
  readonly written: View;
  /**
   * Resources of these native types in the same document whose attribute names this one, by reference or by one of its
   * known identifiers (`id`, `arn` and `name` unless told). `certain` is false when some resource of the type may or
   * may not name this one: then what is missing is unknown, not absent.
   */
  readonly companions: (
    types: readonly string[],
    attribute: string,
    identifiers?: readonly string[],
  ) => Companions;
  /**
   * The other way round: resources of these native types that an attribute of this one names. `certain` is false
   * when the attribute names something that cannot be told apart, or that this document does not hold.
   */
  readonly targets: (
    attribute: string,
    types: readonly string[],
    identifiers?: readonly string[],
  ) => Companions;
  /** Every resource of these native types in the document that will stand: settings that speak for a whole account. */
  readonly ofType: (types: readonly string[]) => readonly View[];
}

export interface Companions {
  readonly views: readonly View[];
  readonly certain: boolean;
}

/** What the resources of one document say of each other; indexed once by `indexDocument`. */
export interface DocumentIndex {
  readonly view: (resource: RawResource) => View;
  readonly companions: (
    resource: RawResource,
    types: readonly string[],
    attribute: string,
    identifiers?: readonly string[],
  ) => Companions;
  readonly targets: (
    resource: RawResource,
    attribute: string,
    types: readonly string[],
    identifiers?: readonly string[],
  ) => Companions;
  readonly ofType: (types: readonly string[]) => readonly View[];
}

/** What every view of one resource shares. */
interface Subject {
  readonly resource: RawResource;
  readonly document: DocumentIndex;
  readonly unknown: PathTree;
  /** Undefined where the document does not tell what was written. */
  readonly written: PathTree | undefined;
}

interface Place {
  /** The keys from the root of the attributes to the view. */
  readonly base: readonly PathKey[];
  /** True for a view of what was written. */
  readonly asWritten: boolean;
}

/** The view of a whole resource. */
export function viewOf(resource: RawResource, document: DocumentIndex): View {
  const unknown = toPathTree(resource.unknown);
  const written = resource.written === undefined ? undefined : toPathTree(resource.written);
  return makeView({ resource, document, unknown, written }, { base: [], asWritten: false });
}

function makeView(subject: Subject, place: Place): View {
  const read = (path: string): Read<unknown> => readAt(subject, place, path);
  let written: View | undefined;
  const view: View = {
    resource: subject.resource,
    read,
    boolean: (path) => known(read(path), toBoolean),
    string: (path) => known(read(path), toText),
    number: (path) => known(read(path), toNumber),
    list: (path) => listAt(subject, place, path, read(path)),
    get written() {
      // Asked for by every fact of a companion: one view serves them all, this one where nothing tells what was written.
      if (subject.written === undefined) return view;
      return (written ??= makeView(subject, { ...place, asWritten: true }));
    },
    companions: (types, attribute, identifiers) =>
      subject.document.companions(subject.resource, types, attribute, identifiers),
    targets: (attribute, types, identifiers) =>
      subject.document.targets(subject.resource, attribute, types, identifiers),
    ofType: (types) => subject.document.ofType(types),
  };
  return view;
}

function keysAt(place: Place, path: string): readonly PathKey[] {
  return place.base.length === 0 ? keysOf(path) : [...place.base, ...keysOf(path)];
}

function readAt(subject: Subject, place: Place, path: string): Read<unknown> {
  // The path '' among the unknown ones: the document says nothing of the resource at all.
  if (subject.unknown.leaf) return UNKNOWN;
  const keys = keysAt(place, path);
  if (isUntold(subject.resource, keys[0])) return UNKNOWN;
  let data: unknown = subject.resource.attributes;
  let unknown: PathTree | undefined = subject.unknown;
  let depth = 0;
  for (const key of keys) {
    depth += 1;
    // A single object stands for a list of one.
    if (key === 0 && isObject(data)) continue;
    unknown = unknown?.children?.get(key);
    if (unknown?.leaf === true) {
      return isComputed(subject, place, keys.slice(0, depth)) ? undefined : UNKNOWN;
    }
    data = memberOf(data, key);
  }
  return data ?? undefined;
}

/** A document that tells of a part only says nothing of the attributes it does not name. */
function isUntold({ partial, attributes }: RawResource, key: PathKey | undefined): boolean {
  return partial === true && key !== undefined && !Object.hasOwn(attributes, key);
}

/**
 * Unknown, and nobody wrote it. Inside a block that has values though the code shows no such block (a `dynamic` one is
 * not in the code of a plan), what was written cannot be told.
 */
function isComputed(subject: Subject, place: Place, keys: readonly PathKey[]): boolean {
  if (!place.asWritten || subject.written === undefined || touches(subject.written, keys))
    return false;
  return keys.length === 1 || touches(subject.written, keys.slice(0, 1));
}

function listAt(
  subject: Subject,
  place: Place,
  path: string,
  value: Read<unknown>,
): Read<readonly View[]> {
  if (value === UNKNOWN) return UNKNOWN;
  const base = keysAt(place, path);
  const at = (keys: readonly PathKey[]): View => makeView(subject, { ...place, base: keys });
  if (Array.isArray(value)) return value.map((_, index) => at([...base, index]));
  if (isObject(value)) return [at(base)];
  // Null and absent look alike once read; only the attributes tell which it was.
  return value === undefined && memberAt(subject.resource.attributes, base) === null
    ? []
    : undefined;
}

/** The paths that kinds read are literals of the catalogue, so this holds a few hundred entries at most. */
const SPLIT = new Map<string, readonly PathKey[]>();

function keysOf(path: string): readonly PathKey[] {
  let keys = SPLIT.get(path);
  if (keys === undefined) {
    keys = splitPath(path);
    SPLIT.set(path, keys);
  }
  return keys;
}

function memberAt(root: unknown, keys: readonly PathKey[]): unknown {
  return keys.reduce(memberOf, root);
}

function memberOf(data: unknown, key: PathKey): unknown {
  if (data === null || typeof data !== 'object' || !Object.hasOwn(data, key)) return undefined;
  const member: unknown = Reflect.get(data, key);
  return member;
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function known<T>(value: Read<unknown>, convert: (value: unknown) => T | undefined): Read<T> {
  return value === UNKNOWN ? UNKNOWN : convert(value);
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1') return true;
  return value === 'false' || value === '0' ? false : undefined;
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
