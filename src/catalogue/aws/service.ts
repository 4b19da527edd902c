import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { Kind, TagPlace } from '../kind.ts';
import { authored } from '../terraform.ts';
import { equals, holds, map, not, orElse, someCompanion, when } from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';

interface Entry {
  readonly kind: string;
  readonly title: string;
  readonly types: readonly string[];
  /** Left out: `tags`, and `tags_all` with the provider's defaults. */
  readonly tags?: TagPlace;
  readonly untaggable?: readonly string[];
  readonly facts?: (view: View) => Facts;
}

export const UNTAGGED: TagPlace = { shape: 'none' };

const TAGS: TagPlace = { shape: 'map', path: 'tags', all: 'tags_all' };

/**
 * A kind of AWS, in the words of the aws provider. Facts are read from what was written: of a creation, nearly every
 * optional attribute is unknown merely because the provider computes it, and then its documented default holds.
 * "Page x" in a comment is the page of that name in the provider's documentation.
 */
export function awsKind({
  kind,
  title,
  types,
  tags = TAGS,
  untaggable = [],
  facts = () => ({}),
}: Entry): Kind {
  const shape = { types, tags, untaggable, facts: (view: View): Facts => facts(authored(view)) };
  return { kind, title, shapes: { terraform: shape } };
}

/** Some resource of these types that names this one by the attribute passes; read as its author wrote it. */
export function companion(
  view: View,
  types: readonly string[],
  attribute: string,
  test?: (companion: View) => Truth,
  identifiers?: readonly string[],
): Truth {
  const found = view.companions(types, attribute, identifiers);
  return someCompanion(found, test === undefined ? undefined : (one) => test(authored(one)));
}

const KEY_TYPES = ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key', 'aws_kms_alias'];

/**
 * A key of the customer's own: something is written there, and it is not the alias of a key that AWS manages. A value
 * still to come is a customer's key when it comes from one in the same document.
 */
export function customerKey(view: View, path: string): Truth {
  const key = view.string(path);
  if (key !== UNKNOWN) return holds(key, (id) => id !== '' && !/(?:^|:)alias\/aws\//.test(id));
  const [attribute = path] = /^[^.[]+/.exec(path) ?? [];
  return view.targets(attribute, KEY_TYPES).views.length > 0 ? true : UNKNOWN;
}

/** Encrypted with AWS's own key unless the customer gives one: there is no way to switch it off. */
export function alwaysEncrypted(view: View, keyPath: string): Facts {
  return { encrypted_at_rest: true, customer_key: customerKey(view, keyPath) };
}

/** Encrypted by a switch, off unless told, and with a customer's key only when it is on. */
export function encryptedBy(view: View, switchPath: string, keyPath: string): Facts {
  const on = orElse(view.boolean(switchPath), false);
  return { encrypted_at_rest: on, customer_key: when(on, customerKey(view, keyPath), false) };
}

/** A switch and its documented default. */
export function flag(view: View, path: string, byDefault: boolean): Truth {
  return orElse(view.boolean(path), byDefault);
}

/** Several entries in a list of zones or subnets, or at least two once it is known. */
export function several(view: View, path: string): Truth {
  return holds(view.list(path), (items) => items.length > 1);
}

/** Retention of automatic backups: off at 0 days. */
export function backups(view: View, path: string, byDefault: number): Facts {
  const days = orElse(view.number(path), byDefault);
  return { backup: not(equals(days, 0)), backup_retention_days: days };
}

/** Families with accelerators: P and G (GPU), Trn and Inf (Trainium, Inferentia), DL and VT; `ml.` in front. */
export function accelerated(size: Read<string>): Read<boolean> {
  return map(size, (name) =>
    /^(?:ml\.)?(?:p\d|g\d|gr\d|trn|inf|dl\d|vt\d)[a-z0-9-]*\./i.test(name),
  );
}

/** A size, and whether it carries accelerators. */
export function sized(size: Read<string>): Facts {
  return { size, gpu: accelerated(size) };
}

/** A web access control list is attached. */
export function firewalled(view: View): Truth {
  const types = ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association'];
  return companion(view, types, 'resource_arn');
}
