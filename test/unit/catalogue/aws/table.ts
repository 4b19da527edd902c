import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { raw } from '../../../builders.ts';
import type { Details, FactCase, FactTable } from '../../../builders.ts';
import type { RawResource } from '../../../../src/sources/source.ts';

export const U: typeof UNKNOWN = UNKNOWN;

export type Claims = FactCase['facts'];

/** A table of one kind; most cases need attributes and facts only. */
export function table(kind: string, type: string, ...cases: FactCase[]): FactTable {
  return { kind, type, cases };
}

/** One claim: these attributes give these facts. */
export function says(
  it: string,
  attributes: Record<string, unknown>,
  facts: FactCase['facts'],
  rest: Omit<FactCase, 'it' | 'attributes' | 'facts'> = {},
): FactCase {
  return { it, attributes, facts, ...rest };
}

/** Attributes are written and their values still to come: so are the facts. */
export function toCome(
  unknown: readonly string[],
  facts: FactCase['facts'],
  rest: Partial<FactCase> = {},
): FactCase {
  return { it: `still to come: ${unknown.join(', ')}`, details: { unknown }, facts, ...rest };
}

/** A companion that names the resource under test by reference, its own value still to come. */
export function tied(
  type: string,
  attribute: string,
  target: string,
  attributes: Record<string, unknown> = {},
  unknown: readonly string[] = [],
): RawResource {
  return raw(type, attributes, {
    unknown: [attribute, ...unknown],
    refers: { [attribute]: `${target}.this` },
  });
}

/** A companion of which nobody can tell what it names. */
export function loose(type: string, attribute: string, details: Details = {}): RawResource {
  return raw(type, {}, { unknown: [attribute], ...details });
}

const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const EVERYONE = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });

export const ADMIN = policy({ Effect: 'Allow', Action: '*', Resource: '*' });

export const HARMLESS = policy({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
});

export const TLS_ONLY = policy({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
