import { given, list, object, orNone, text, told } from '../read.ts';
import type { LiveItem, Restated, Restatement } from '../restatement.ts';

/*
 * How assets of Cloud Asset Inventory are restated. `data` is the resource in the words of its own REST API (the discovery
 * documents of googleapis): JSON made of protocol buffers, which leaves out whatever has its default, `false` and empty lists
 * among it. So a member that is missing of data that is there is known to be absent. What only Terraform's provider keeps
 * (its own guard against deletion) stays unknown, and so do roles: an asset does not hold its IAM policy.
 */

export type Data = Readonly<Record<string, unknown>>;

/** By Terraform's names: `undefined` where Google did not tell, null where it told that there is none. */
export type Told = Readonly<Record<string, unknown>>;

/** How one type is restated; name and location are added. */
interface Entry {
  readonly type: string;
  readonly as: Restatement['as'];
  /** False where the provider's name is not `name`: `dataset_id`, `secret_id`. */
  readonly named?: false;
  /** Asked only where the asset was read with its data. */
  readonly attributes?: (data: Data, item: LiveItem) => Told;
  readonly companions?: (data: Data) => Omit<Restated, 'attributes'>;
  readonly sensitive?: readonly string[];
}

/** A type of Cloud Asset Inventory, in the words of the google provider. */
export function asset({ type, as, named, attributes, companions, sensitive }: Entry): Restatement {
  return {
    type,
    as,
    restate: (item) => {
      const data = object(item, 'data');
      const listed = { name: (named ?? true) ? shortName(item) : null, ...place(item) };
      if (data === undefined) return { attributes: told(listed) };
      return {
        attributes: told({ ...listed, ...attributes?.(data, item) }),
        ...companions?.(data),
      };
    },
    ...(sensitive === undefined ? {} : { sensitive }),
  };
}

/** The last part of `//compute.googleapis.com/projects/p/zones/z/instances/vm`. */
function shortName(item: LiveItem): string | undefined {
  return given(text(item, 'name'), last);
}

/** Google names a region, a zone or a place that holds both; what lives everywhere says so, and Terraform says nothing then. */
function place(item: LiveItem): Told {
  const location = text(item, 'location');
  return { region: null, zone: null, location: location === 'global' ? null : orNone(location) };
}

/** Whether the name of an asset runs through a collection: `isUnder(item, 'folders')`. */
export function isUnder(item: LiveItem, collection: string): boolean {
  return (text(item, 'name') ?? '').includes(`/${collection}/`);
}

/** Where a native type is a type of Terraform by something that the item says, and none by anything else. */
export function orNative(item: LiveItem, type: string | undefined): string {
  return type ?? text(item, 'assetType') ?? '';
}

/** The name at the end of a URL or a resource name. */
export function last(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** True for an object with members: an empty one may stand for what the resource does not have. */
export function isFilled(root: unknown, path: string): boolean {
  return Object.keys(object(root, path) ?? {}).length > 0;
}

/** A block that is there or not, whatever it says. */
export function block(there: boolean): Told[string] {
  return there ? [{}] : null;
}

/** One block where its source is told; null where the resource has no such part. */
export function one(source: Data | undefined, members: (source: Data) => Told): Told[string] {
  return source === undefined ? null : [members(source)];
}

/** A block for each element of a list; without the list there is none. */
export function each(
  root: unknown,
  path: string,
  members: (element: unknown) => Told,
): Told[string] {
  return (list(root, path) ?? []).map(members);
}

/** Encryption by a key of the customer's own, under any of the APIs' names. */
export function keyBlock(data: unknown, path: string): Told[string] {
  return one(object(data, path), (encryption) => ({
    kms_key_name: orNone(text(encryption, 'kmsKeyName')),
  }));
}
