import type { Resource } from '../model/resource.ts';
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
 */
export function identitiesOf(resource: Resource): readonly string[] {
  const account = accountOf(resource.scope);
  return [...fullNames(resource), ...named(resource, account)];
}

/** What a live resource's word is looked for by: also by its name alone, for a plan that did not know its account. */
export function soughtIdentities(resource: Resource): readonly string[] {
  const account = accountOf(resource.scope);
  const anywhere = account === '' ? [] : named(resource, '');
  return [
    resource.address.toLowerCase(),
    ...fullNames(resource),
    ...named(resource, account),
    ...anywhere,
  ];
}

function fullNames({ config }: Resource): readonly string[] {
  return FULL_NAMES.flatMap((key) => {
    const value = config[key];
    return typeof value === 'string' && /^(arn:|\/|https:\/\/)/.test(value)
      ? [value.toLowerCase()]
      : [];
  });
}

function named({ config, facts, kind, scope }: Resource, account: string): readonly string[] {
  const names = [facts['name'], ...NAMES.map((key) => config[key])].filter(
    (name) => typeof name === 'string' && name !== '',
  );
  return [...new Set(names)].map((name) => [kind, account, regionOf(scope), name].join('|'));
}
