import { flag, given, list, object, orNone, text, texts, told } from '../read.ts';
import type { LiveItem, Restated, Restatement } from '../restatement.ts';

/*
 * How resources of Azure Resource Manager are restated. Names of properties are those of the resource providers' REST
 * specifications (Azure/azure-rest-api-specs); what a missing one means follows what the azurerm provider makes of it when
 * it reads the resource back, and where that leaves a doubt it is unknown.
 */

type Properties = Readonly<Record<string, unknown>>;

/** By Terraform's names: `undefined` where Azure did not tell, null where it told that there is none. */
export type Told = Readonly<Record<string, unknown>>;

/** How one type is restated; whatever every resource has (name, location, identity, zones) is added. */
interface Entry {
  readonly type: string;
  readonly as: Restatement['as'];
  /** Asked only where Azure told the properties: its generic list of resources leaves them all out. */
  readonly attributes?: (properties: Properties, item: LiveItem) => Told;
  readonly companions?: (properties: Properties) => Omit<Restated, 'attributes'>;
  readonly sensitive?: readonly string[];
}

/** A type of Azure Resource Manager, in the words of the azurerm provider. */
export function arm({ type, as, attributes, companions, sensitive }: Entry): Restatement {
  return {
    type,
    as,
    restate: (item) => {
      const properties = object(item, 'properties');
      if (properties === undefined) return { attributes: told(named(item)) };
      const own = attributes?.(properties, item) ?? {};
      return {
        attributes: told({ ...named(item), ...platform(item), ...own }),
        ...companions?.(properties),
      };
    },
    ...(sensitive === undefined ? {} : { sensitive }),
  };
}

/** Where a native type is a type of Terraform by something that the item says, and none by anything else. */
export function orNative(item: LiveItem, type: string | undefined): string {
  return type ?? text(item, 'type') ?? '';
}

/** Azure Resource Graph names children by their parents too: `server/database`. */
function named(item: LiveItem): Told {
  return {
    name: given(text(item, 'name'), (name) => name.slice(name.lastIndexOf('/') + 1)),
    location: text(item, 'location'),
  };
}

/** Both are left out of an answer where there is none. */
function platform(item: LiveItem): Told {
  return { identity: identity(item), zones: orNone(texts(item, 'zones')) };
}

function identity(item: LiveItem): Told[string] {
  const type = text(item, 'identity.type');
  return type === undefined || /^none$/i.test(type) ? null : [{ type }];
}

/** `Enabled` or `Disabled`, in any case, or a switch. `SecuredByPerimeter` lets in what a perimeter admits, not the internet. */
export function enabled(root: unknown, path: string): boolean | undefined {
  return flag(root, path) ?? given(text(root, path), (word) => WORDS.get(word.toLowerCase()));
}

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['enabled', true],
  ['disabled', false],
  ['securedbyperimeter', false],
]);

/** A switch whose name says the opposite: `disableLocalAuth`. */
export function inverted(root: unknown, path: string): boolean | undefined {
  return given(flag(root, path), (off) => !off);
}

/** The switch that most services have. */
export function network(properties: Properties): Told {
  return { public_network_access_enabled: enabled(properties, 'publicNetworkAccess') };
}

/** A block that is there or not, whatever it says. */
export function block(there: boolean | undefined): Told[string] {
  return given(there, (yes) => (yes ? [{}] : null));
}

/** One block where its source is told; its members may be absent, never unknown. */
export function one<T>(source: T | undefined, members: (source: T) => Told): Told[string] {
  return given(source, (known) => [members(known)]);
}

/** Network rules: none where the service keeps none, unknown where it does not say what is refused. */
export function networkRules(properties: Properties, path: string): Told[string] {
  if (object(properties, path) === undefined) return null;
  return one(text(properties, `${path}.defaultAction`), (action) => ({ default_action: action }));
}

/** True when a word stands there, in any case; undefined where nothing does. */
export function reads(root: unknown, path: string, word: string): boolean | undefined {
  return given(text(root, path), (said) => said.toLowerCase() === word.toLowerCase());
}

/** Frontends and interfaces wrap an address in properties of their own. */
export function addresses(properties: Properties, path: string): Told[string] {
  return given(list(properties, path), (entries) =>
    entries.map((entry) => ({
      public_ip_address_id: orNone(text(entry, 'properties.publicIPAddress.id')),
      public_ip_prefix_id: orNone(text(entry, 'properties.publicIPPrefix.id')),
      zones: orNone(texts(entry, 'zones')),
    })),
  );
}
