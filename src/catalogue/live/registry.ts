import { AWS_RESTATEMENTS } from './aws/index.ts';
import { AZURE_RESTATEMENTS } from './azure/index.ts';
import { GOOGLE_RESTATEMENTS } from './google/index.ts';
import type { LiveDialect, LiveItem, Restatement } from './restatement.ts';

/** Every native type of a live dialect that the catalogue can tell in the words of Terraform. */
export const RESTATEMENTS: Readonly<Record<LiveDialect, readonly Restatement[]>> = {
  'aws-config': AWS_RESTATEMENTS,
  'azure-resource': AZURE_RESTATEMENTS,
  'google-asset': GOOGLE_RESTATEMENTS,
};

/** By the type as its cloud spells it, and in small letters. */
const BY_TYPE: Readonly<Record<LiveDialect, ReadonlyMap<string, Restatement>>> = {
  'aws-config': byType('aws-config'),
  'azure-resource': byType('azure-resource'),
  'google-asset': byType('google-asset'),
};

function byType(dialect: LiveDialect): ReadonlyMap<string, Restatement> {
  return new Map(
    RESTATEMENTS[dialect].flatMap((restatement): [string, Restatement][] => [
      [restatement.type.toLowerCase(), restatement],
      [restatement.type, restatement],
    ]),
  );
}

/** The restatement of a native type, or undefined where the catalogue has none. Azure answers the names of types in any case. */
export function findRestatement(dialect: LiveDialect, type: string): Restatement | undefined {
  const known = BY_TYPE[dialect];
  return known.get(type) ?? known.get(type.toLowerCase());
}

/** The type of Terraform that an item is told as. */
export function restatedType({ as }: Restatement, item: LiveItem): string {
  return typeof as === 'string' ? as : as(item);
}
