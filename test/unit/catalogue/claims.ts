import { UNKNOWN } from '../../../src/catalogue/facts.ts';
import type { FactName, FactValue } from '../../../src/catalogue/facts.ts';
import { joinPath } from '../../../src/kit/paths.ts';
import type { RawResource } from '../../../src/sources/source.ts';
import { raw } from '../../builders.ts';
import type { Details, FactCase, FactTable } from '../../builders.ts';

/** Stands in attributes for a value that is not known until apply. */
export const YET = Symbol('yet to come');

type Attributes = Readonly<Record<string, unknown>>;

/** A fact's value, the attributes that lead to it, and what else stands in the document. */
export type Claim = readonly [
  value: FactValue | undefined,
  attributes?: Attributes,
  companions?: readonly RawResource[],
  details?: Details,
];

/** So for every resource of the kind, by what it is or by the service's own doing. */
export const ALWAYS: readonly Claim[] = [[true]];
export const NEVER: readonly Claim[] = [[false]];

export type Claims = Partial<Record<FactName, readonly Claim[]>>;

/** Everything that is claimed of one kind, fact by fact. */
export interface ClaimTable {
  readonly kind: string;
  readonly type: string;
  /** Attributes that every resource of the table has unless a claim says otherwise. */
  readonly base?: Attributes;
  readonly claims: Claims;
  /** Claims of the kind's other types. */
  readonly others?: Readonly<Record<string, Claims>>;
}

/** One case for each claim. */
export function toTable({ kind, type, base = {}, claims, others = {} }: ClaimTable): FactTable {
  const cases = [
    ...toCases(claims, base, type),
    ...Object.entries(others).flatMap(([other, own]) => toCases(own, {}, other)),
  ];
  return { kind, type, cases };
}

function toCases(claims: Claims, base: Attributes, type: string): FactCase[] {
  return Object.entries(claims).flatMap(([name, list]) =>
    list.map(([value, attributes = {}, companions = [], details = {}]) => {
      const split = splitYet({ ...base, ...attributes });
      return {
        it: `${type}: ${name} is ${String(value)} ${story(attributes, companions)}`,
        type,
        attributes: split.attributes,
        details: { ...details, unknown: [...split.unknown, ...(details.unknown ?? [])] },
        with: companions,
        facts: { [name]: value },
      };
    }),
  );
}

function story(attributes: Attributes, companions: readonly RawResource[]): string {
  const own = JSON.stringify(attributes, (_, value: unknown) =>
    value === YET ? '(yet to come)' : value,
  );
  const besides = companions.map((one) => one.type).join(' and ');
  return `of ${own}${besides === '' ? '' : ` beside ${besides}`}`;
}

/** A resource of these attributes; what is YET is unknown, as a plan writes it: absent from a map, null in a list. */
export function planned(type: string, attributes: Attributes, details: Details = {}): RawResource {
  const split = splitYet(attributes);
  return raw(type, split.attributes, { ...details, unknown: split.unknown });
}

function splitYet(attributes: Attributes): {
  attributes: Record<string, unknown>;
  unknown: string[];
} {
  const unknown: string[] = [];
  const strip = (value: unknown, path: string): unknown => {
    if (value === YET) {
      unknown.push(path);
      return undefined;
    }
    if (Array.isArray(value))
      return value.map((item, index) => strip(item, joinPath(path, index)) ?? null);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, member]) => [key, strip(member, joinPath(path, key))] as const)
        .filter(([, member]) => member !== undefined),
    );
  };
  const known = Object.entries(attributes)
    .map(([key, value]) => [key, strip(value, key)] as const)
    .filter(([, value]) => value !== undefined);
  return { attributes: Object.fromEntries(known), unknown };
}

/** A switch: what is said where nothing is written, and for each of its values. */
export function flag(path: string, byDefault: boolean, whenTrue = true): Claim[] {
  return [
    [byDefault],
    [whenTrue, nest(path, true)],
    [!whenTrue, nest(path, false)],
    [UNKNOWN, nest(path, YET)],
  ];
}

/** A setting of which some words mean true. */
export function word(path: string, yes: unknown, no: unknown, byDefault = false): Claim[] {
  return [
    [byDefault],
    [true, nest(path, yes)],
    [false, nest(path, no)],
    [UNKNOWN, nest(path, YET)],
  ];
}

/** A value that is repeated as it is. */
export function echo(path: string, value: string | number): Claim[] {
  return [
    [value, nest(path, value)],
    [UNKNOWN, nest(path, YET)],
  ];
}

/** A block, or the name of something, that is there or not. */
export function block(path: string, content: unknown = [{ name: 'x' }]): Claim[] {
  return [[false], [true, nest(path, content)], [UNKNOWN, nest(path, YET)]];
}

/** `a[0].b` holding a value, as attributes. */
export function nest(path: string, value: unknown): Attributes {
  const dot = path.indexOf('.');
  const head = dot < 0 ? path : path.slice(0, dot);
  const inner = dot < 0 ? value : nest(path.slice(dot + 1), value);
  return head.endsWith('[0]') ? { [head.slice(0, -3)]: [inner] } : { [head]: inner };
}

/** What a companion that names the resource says, one that says no, and one of which nobody knows whom it names. */
export function beside(
  type: string,
  attribute: string,
  resource: string,
  yes: Attributes = {},
  no?: Attributes,
): Claim[] {
  const refers = { [attribute]: `${resource}.this` };
  const silent: Claim[] = no === undefined ? [] : [[false, {}, [planned(type, no, { refers })]]];
  return [
    [false],
    [true, {}, [planned(type, yes, { refers })]],
    ...silent,
    [UNKNOWN, {}, [planned(type, { ...yes, [attribute]: YET })]],
  ];
}
