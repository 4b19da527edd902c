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

const BY_TYPE: ReadonlyMap<string, Restatement> = new Map(
  Object.entries(RESTATEMENTS).flatMap(([dialect, restatements]) =>
    restatements.map((restatement): [string, Restatement] => [
      keyOf(dialect, restatement.type),
      restatement,
    ]),
  ),
);

/** The restatement of a native type, or undefined where the catalogue has none. */
export function findRestatement(dialect: LiveDialect, type: string): Restatement | undefined {
  return BY_TYPE.get(keyOf(dialect, type));
}

/** Azure answers the names of types in any case. */
function keyOf(dialect: string, type: string): string {
  return `${dialect} ${type.toLowerCase()}`;
}

/** The type of Terraform that an item is told as. */
export function restatedType({ as }: Restatement, item: LiveItem): string {
  return typeof as === 'string' ? as : as(item);
}
