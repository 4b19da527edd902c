import { UNKNOWN } from './facts.ts';
import { anyOf, holds, map, orElse, present, someCompanion } from './values.ts';
import type { Truth } from './values.ts';
import type { Read, View } from './view.ts';

/**
 * A view as the facts of Terraform resources are read: what was written, so that what only the provider will fill in
 * takes the default that its page documents, and with empty text as absent. Terraform's plugin SDK keeps "" in the
 * state for text that nobody wrote.
 */
export function authored(view: View): View {
  return view.authored;
}

/** The first attribute that is written: names change between major versions of a provider, newest first. */
export function firstOf<T>(...reads: readonly Read<T>[]): Read<T> {
  return reads.find((read) => read !== undefined);
}

/** A switch whose name says the opposite: `local_authentication_disabled`. */
export function unless(disabled: Read<boolean>): Read<boolean> {
  return map(disabled, (off) => !off);
}

/** As `equals`, for words that a cloud takes in any case. */
export function says(read: Read<string>, word: string): Truth {
  return holds(read, (text) => text.toLowerCase() === word.toLowerCase());
}

/** True when a block of this name is written. */
export function hasBlock(view: View, path: string): Truth {
  return holds(view.list(path), (blocks) => blocks.length > 0);
}

/** True when one of the attributes says something, or a block of that name is there. */
export function names(view: View, ...paths: readonly string[]): Truth {
  return anyOf(...paths.map((path) => present(view.read(path))));
}

/**
 * What is read of an attribute that names another resource. The value of a reference to something that is yet to be made
 * is unknown, but that something is named there is certain.
 *
 * @param types of the resources that may be named, `google_kms_crypto_key`.
 */
export function orNames(
  said: Truth,
  view: View,
  attribute: string,
  types: readonly string[],
): Truth {
  if (said !== UNKNOWN) return said;
  return view.targets(attribute, types).views.length > 0 ? true : UNKNOWN;
}

/**
 * True when a companion passes, read as its author wrote it; unknown when there may be one that nobody can see yet.
 *
 * @param identifiers attributes of this resource that the companion may repeat; `id`, `arn` and `name` unless told.
 */
export function companion(
  view: View,
  types: readonly string[],
  attribute: string,
  test: (companion: View) => Truth = () => true,
  identifiers?: readonly string[],
): Truth {
  return someCompanion(view.companions(types, attribute, identifiers), (one) =>
    test(authored(one)),
  );
}

/** `TLS1_2`, `Tls12`, `TLSv1.2`, `TLS_1_2` and `1.2` as `1.2`; Cosmos DB writes `Tls` for 1.0. Other text is absent. */
export function tlsVersion(read: Read<string>, fallback?: string): Read<string> {
  return map(orElse(read, fallback), (text) => {
    if (/^tls$/i.test(text) || /disabled/i.test(text)) return '1.0';
    const minor = /1[._]?([0-3])$/.exec(text)?.[1];
    return minor === undefined ? undefined : `1.${minor}`;
  });
}
