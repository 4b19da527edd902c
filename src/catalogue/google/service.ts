import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { Kind, TagPlace } from '../kind.ts';
import { authored, companion, hasBlock, names, orNames } from '../terraform.ts';
import { anyOf, equals, holds, map, orElse, someOf, strings } from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';

interface Entry {
  readonly kind: string;
  readonly title: string;
  readonly types: readonly string[];
  /** Left out: `labels`. Never `tags`: those are network tags, or resource manager tags. */
  readonly tags?: TagPlace;
  readonly facts: (view: View) => Facts;
}

export const UNLABELLED: TagPlace = { shape: 'none' };

/** Labels under a path; what the provider adds to them stands in two maps beside, since version 5. */
const LABELS: TagPlace = {
  shape: 'map',
  path: 'labels',
  all: ['effective_labels', 'terraform_labels'],
};

/**
 * A kind of Google Cloud, in the words of the google and google-beta providers. Facts are read from what was written:
 * what only the provider will fill in takes the default that the provider documents. "Page x" in a comment is the
 * page of that name in the provider's documentation.
 */
export function googleKind({ kind, title, types, tags = LABELS, facts }: Entry): Kind {
  const shape = {
    types,
    tags,
    facts: (view: View): Facts => orRegion(facts(authored(view)), view),
  };
  return { kind, title, shapes: { terraform: shape } };
}

/** What the kind says, and where it is: `us-central1` from a region, a zone (`us-central1-a`), a location (`US`), or the URL of one of them. */
function orRegion(facts: Facts, view: View): Facts {
  if (Object.hasOwn(facts, 'region')) return facts;
  const { written } = view;
  const place =
    written.string('region') ??
    written.string('location') ??
    written.string('zone') ??
    view.resource.scope['region'];
  // Set, not spread: a copy of all facts costs as much as reading some of them.
  if (place !== undefined) facts.region = map(place, regionOf);
  return facts;
}

function regionOf(place: string): string {
  const last = place.slice(place.lastIndexOf('/') + 1).toLowerCase();
  return isZone(last) ? last.slice(0, -2) : last;
}

export function isZone(place: string): boolean {
  return /^[a-z]+-[a-z]+\d+-[a-z]$/.test(place);
}

const KEYS = [
  'google_kms_crypto_key',
  'google_kms_crypto_key_version',
  'google_kms_crypto_key_iam_member',
  'google_kms_crypto_key_iam_binding',
];

/** True when one of the attributes names a key of the customer's own in Cloud KMS. */
export function ownKey(view: View, ...paths: readonly string[]): Truth {
  return anyOf(...paths.map((path) => orKey(names(view, path), view, rootOf(path))));
}

/** As `ownKey`, for an attribute of the blocks of a list. */
export function ownKeyIn(view: View, list: string, path: string): Truth {
  const said = someOf(view.list(list), (one) => names(one, path));
  return orKey(said, view, rootOf(list));
}

function orKey(said: Truth, view: View, attribute: string): Truth {
  return orNames(said, view, attribute, KEYS);
}

/** True when it runs as a service account that is named, one yet to be made included. */
export function runsAs(view: View, path: string): Truth {
  return orNames(names(view, path), view, rootOf(path), ['google_service_account']);
}

function rootOf(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}

/** Google Cloud encrypts all data at rest (cloud.google.com, "Default encryption at rest"); only the key is a choice. */
export function encrypted(view: View, ...keyPaths: readonly string[]): Facts {
  return { encrypted_at_rest: true, customer_key: ownKey(view, ...keyPaths) };
}

/**
 * The provider's own switch against deletion, or, since version 7, a deletion policy that prevents it.
 *
 * @param byDefault what the page says of `deletion_protection` when it is not written.
 */
export function guarded(view: View, byDefault: boolean): Truth {
  return anyOf(
    orElse(view.boolean('deletion_protection'), byDefault),
    equals(view.string('deletion_policy'), 'PREVENT'),
  );
}

/** Families with accelerators by name (cloud.google.com, "GPU machine types"), or accelerators attached by a block. */
export function accelerated(size: Read<string>, attached: Truth): Truth {
  const family = holds(size, (type) => /(?:^|\/)(?:a[2-4]|g[24]|ct\d|tpu)[a-z0-9]*-/.test(type));
  return anyOf(family, attached);
}

/** Accelerators attached by a block of this name, unless it says none. */
export function attached(view: View, path: string): Truth {
  return someOf(view.list(path), (one) => holds(orElse(firstCount(one), 1), (count) => count > 0));
}

function firstCount(view: View): Read<number> {
  return view.number('count') ?? view.number('accelerator_count') ?? view.number('core_count');
}

/** Machines that the provider can take back. */
export function spot(view: View, path: string): Truth {
  return anyOf(
    orElse(view.boolean(`${path}.preemptible`), false),
    orElse(view.boolean(`${path}.spot`), false),
    equals(view.string(`${path}.provisioning_model`), 'SPOT'),
  );
}

/** Everybody, and everybody with a Google account; cloud.google.com, "Principal identifiers". */
export function isAnyone(member: string): boolean {
  return /^(?:allUsers|allAuthenticatedUsers)$/i.test(member.trim());
}

/** A grant to everybody, in any of the three ways to write one. A grant under a condition is not to everybody. */
export function grantsAnyone(grant: View): Truth {
  const anyone = anyOf(
    holds(grant.string('member'), isAnyone),
    someOf(strings(grant, 'members'), (member) => holds(member, isAnyone)),
    holds(grant.string('policy_data'), policyGrantsAnyone),
  );
  return hasBlock(grant, 'condition') === true ? false : anyone;
}

/** As long as an IAM policy may be (64 KB), and room for its white space. */
const LONGEST_POLICY = 262_144;

interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  readonly conditional: boolean;
}

/** The bindings of an IAM policy in JSON; undefined when it cannot be read. */
export function bindingsOf(policy: string): readonly Binding[] | undefined {
  if (policy.length > LONGEST_POLICY) return undefined;
  try {
    return toBindings(JSON.parse(policy));
  } catch {
    // Text that is no JSON grants something that nobody can tell.
    return undefined;
  }
}

function toBindings(policy: unknown): readonly Binding[] | undefined {
  if (typeof policy !== 'object' || policy === null) return undefined;
  const bindings: unknown = Reflect.get(policy, 'bindings');
  return Array.isArray(bindings) ? bindings.map(toBinding) : [];
}

function toBinding(binding: unknown): Binding {
  if (typeof binding !== 'object' || binding === null)
    return { role: '', members: [], conditional: false };
  const role: unknown = Reflect.get(binding, 'role');
  const members: unknown = Reflect.get(binding, 'members');
  return {
    role: typeof role === 'string' ? role : '',
    members: Array.isArray(members) ? members.filter((member) => typeof member === 'string') : [],
    conditional: Boolean(Reflect.get(binding, 'condition')),
  };
}

function policyGrantsAnyone(policy: string): Truth {
  const bindings = bindingsOf(policy);
  if (bindings === undefined) return UNKNOWN;
  return bindings.some(({ members, conditional }) => !conditional && members.some(isAnyone));
}

/** The three resources by which Terraform grants roles on another one. */
export function grantTypes(prefix: string): readonly string[] {
  return ['member', 'binding', 'policy'].map((way) => `${prefix}_iam_${way}`);
}

/** True when one of the grants on this resource is to everybody. */
export function openToAnyone(
  view: View,
  prefix: string,
  attribute: string,
  identifiers: readonly string[] = ['id', 'name'],
): Truth {
  return companion(view, grantTypes(prefix), attribute, grantsAnyone, identifiers);
}
