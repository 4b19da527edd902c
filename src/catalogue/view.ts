import { splitPath } from '../kit/paths.ts';
import type { RawResource } from '../sources/source.ts';
import { UNKNOWN } from './facts.ts';
import { toPathTree, touches } from './path-tree.ts';
import type { PathKey, PathTree } from './path-tree.ts';
import { known, toBoolean, toNumber, toText } from './conversions.ts';
import type { Read } from './conversions.ts';

export type { Read } from './conversions.ts';

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
  /** As `written`, with empty text as absent: Terraform's plugin SDK keeps "" in the state for text that nobody wrote. */
  readonly authored: View;
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
  /** What stands there, so that nobody walks down from the root again. */
  readonly data: unknown;
  /** What is unknown below it. */
  readonly unknown: PathTree | undefined;
  /** Whatever is read here is that: the view itself, or something above it, is not known. */
  readonly hidden: 'unknown' | 'computed' | undefined;
  readonly as: 'told' | 'written' | 'authored';
}

/** The view of a whole resource. */
export function viewOf(resource: RawResource, document: DocumentIndex): View {
  const unknown = toPathTree(resource.unknown);
  const written = resource.written === undefined ? undefined : toPathTree(resource.written);
  return new AttributeView(
    { resource, document, unknown, written },
    {
      base: ROOT,
      data: resource.attributes,
      unknown,
      // The path '' among the unknown ones: the document says nothing of the resource at all.
      hidden: unknown.leaf ? 'unknown' : undefined,
      as: 'told',
    },
  );
}

const ROOT: readonly PathKey[] = [];

/** A class, because there are several views of every resource: closures for each would cost more than what they read. */
class AttributeView implements View {
  readonly resource: RawResource;
  private readonly subject: Subject;
  private readonly place: Place;
  private asWritten: View | undefined = undefined;
  private asAuthored: View | undefined = undefined;

  constructor(subject: Subject, place: Place) {
    this.resource = subject.resource;
    this.subject = subject;
    this.place = place;
  }

  read(path: string): Read<unknown> {
    return readAt(this.subject, this.place, path);
  }

  boolean(path: string): Read<boolean> {
    return known(readAt(this.subject, this.place, path), toBoolean);
  }

  string(path: string): Read<string> {
    const text = known(readAt(this.subject, this.place, path), toText);
    return text === '' && this.place.as === 'authored' ? undefined : text;
  }

  number(path: string): Read<number> {
    return known(readAt(this.subject, this.place, path), toNumber);
  }

  list(path: string): Read<readonly View[]> {
    return listAt(this.subject, this.place, path);
  }

  get written(): View {
    // Asked for by every fact of a companion: one view serves them all, this one where nothing tells what was written.
    if (this.subject.written === undefined || this.place.as !== 'told') return this;
    return (this.asWritten ??= this.seen('written'));
  }

  get authored(): View {
    return this.place.as === 'authored' ? this : (this.asAuthored ??= this.seen('authored'));
  }

  companions(types: readonly string[], attribute: string, names?: readonly string[]): Companions {
    return this.subject.document.companions(this.resource, types, attribute, names);
  }

  targets(attribute: string, types: readonly string[], names?: readonly string[]): Companions {
    return this.subject.document.targets(this.resource, attribute, types, names);
  }

  ofType(types: readonly string[]): readonly View[] {
    return this.subject.document.ofType(types);
  }

  private seen(as: Place['as']): View {
    const { subject, place } = this;
    const computed = place.hidden !== undefined && isComputed(subject, as, place.base);
    const hidden = computed ? 'computed' : place.hidden;
    return new AttributeView(subject, { ...place, hidden, as });
  }
}

function readAt(subject: Subject, place: Place, path: string): Read<unknown> {
  if (place.hidden !== undefined) return place.hidden === 'unknown' ? UNKNOWN : undefined;
  const keys = keysOf(path);
  if (place.base.length === 0 && isUntold(subject.resource, keys[0])) return UNKNOWN;
  return walked(subject, place, keys);
}

function walked(subject: Subject, place: Place, keys: readonly PathKey[]): Read<unknown> {
  let { data, unknown } = place;
  let depth = 0;
  for (const key of keys) {
    depth += 1;
    // A single object stands for a list of one.
    if (key === 0 && isObject(data)) continue;
    unknown = unknown?.children?.get(key);
    if (unknown?.leaf === true) {
      const computed = isComputed(subject, place.as, [...place.base, ...keys.slice(0, depth)]);
      return computed ? undefined : UNKNOWN;
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
function isComputed({ written }: Subject, as: Place['as'], keys: readonly PathKey[]): boolean {
  if (as === 'told' || written === undefined || touches(written, keys)) return false;
  return keys.length === 1 || touches(written, keys.slice(0, 1));
}

function listAt(subject: Subject, place: Place, path: string): Read<readonly View[]> {
  const value = readAt(subject, place, path);
  if (value === UNKNOWN) return UNKNOWN;
  const base = place.base.concat(keysOf(path));
  if (Array.isArray(value)) {
    const below = treeAt(place, keysOf(path))?.children;
    return value.map((data: unknown, index) =>
      partOf(subject, place.as, base.concat(index), data, below?.get(index)),
    );
  }
  if (isObject(value)) return [partOf(subject, place.as, base, value, treeAt(place, keysOf(path)))];
  // Null and absent look alike once read; only the attributes tell which it was.
  return value === undefined && memberAt(subject.resource.attributes, base) === null
    ? []
    : undefined;
}

/** The view of a block, or of one element of a list. */
function partOf(
  subject: Subject,
  as: Place['as'],
  base: readonly PathKey[],
  data: unknown,
  unknown: PathTree | undefined,
): View {
  const hidden =
    unknown?.leaf !== true ? undefined : isComputed(subject, as, base) ? 'computed' : 'unknown';
  return new AttributeView(subject, { base, data, unknown, hidden, as });
}

/** What is unknown below a path that is known itself. */
function treeAt({ data, unknown }: Place, keys: readonly PathKey[]): PathTree | undefined {
  let below: unknown = data;
  let tree = unknown;
  for (const key of keys) {
    if (tree?.children === undefined) return undefined;
    if (key === 0 && isObject(below)) continue;
    tree = tree.children.get(key);
    below = memberOf(below, key);
  }
  return tree;
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
