import { overlaps } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import { PLAIN } from '../redact/redactor.ts';
import type { Redactor } from '../redact/redactor.ts';
import { accountOf, regionOf } from './fleet.ts';

/** What the gate said of a resource before it was made or changed. */
export interface GateWord {
  /** The decision's id, in the ledger. */
  readonly decision: string;
  readonly time: string;
  readonly verdict: 'allow' | 'deny';
  /** The resource's address in the document that the gate judged. */
  readonly address: string;
}

/** What the gate says of one resource, to be found again by any of its identities. */
export interface GateEntry extends GateWord {
  readonly identities: readonly string[];
}

/** The gate's last words by what identifies a resource in plan and cloud alike. The gate feeds it; sweeps ask it. */
export interface GateIndex {
  /** Later words take the place of earlier ones. */
  readonly note: (entries: readonly GateEntry[]) => Promise<void>;
  readonly last: (identities: readonly string[]) => Promise<GateWord | undefined>;
}

/** Attributes that name a thing in its whole cloud, in the words of plans and of inventories. */
const FULL_NAMES = ['arn', 'id', 'self_link', 'selfLink'];

/** Attributes that name it inside its account: all that a plan knows of what is not made yet. */
const NAMES = ['name', 'bucket', 'identifier', 'function_name', 'resourceName', 'resourceId'];

/**
 * What the gate's word on a resource is kept under: its ARN or full id, and its kind and name, in its account and region as
 * far as the plan tells them.
 *
 * @param text takes out secrets: what holds one is no name to be found by.
 */
export function identitiesOf(
  resource: Resource,
  text: Redactor['text'] = PLAIN.text,
): readonly string[] {
  const account = accountOf(resource.scope);
  return [...fullNames(resource, text), ...named(resource, account, text)];
}

/** What a live resource's word is looked for by: also by its name alone, for a plan that did not know its account. */
export function soughtIdentities(resource: Resource): readonly string[] {
  const account = accountOf(resource.scope);
  const anywhere = account === '' ? [] : named(resource, '', PLAIN.text);
  return [resource.address.toLowerCase(), ...identitiesOf(resource), ...anywhere];
}

function fullNames(resource: Resource, text: Redactor['text']): readonly string[] {
  return FULL_NAMES.flatMap((key) => {
    const value = shown(resource, 'config', key, text);
    return value !== undefined && /^(arn:|\/|https:\/\/)/.test(value) ? [value.toLowerCase()] : [];
  });
}

function named(resource: Resource, account: string, text: Redactor['text']): readonly string[] {
  const { kind, scope } = resource;
  const names = [
    shown(resource, 'facts', 'name', text),
    ...NAMES.map((key) => shown(resource, 'config', key, text)),
  ].filter((name) => name !== undefined && name !== '');
  return [...new Set(names)].map((name) => [kind, account, regionOf(scope), name].join('|'));
}

/** What is kept of a name. One that must not be shown is none to be found by. */
function shown(
  resource: Resource,
  root: 'facts' | 'config',
  key: string,
  text: Redactor['text'],
): string | undefined {
  const value = resource[root][key];
  if (typeof value !== 'string' || text(value) !== value) return undefined;
  const path = `${root}.${key}`;
  return resource.sensitive.some((marked) => overlaps(marked, path)) ? undefined : value;
}
