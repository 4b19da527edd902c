import { findRestatement } from '../../catalogue/live/registry.ts';
import { findShape, KINDS } from '../../catalogue/registry.ts';
import type { Wanted } from '../inventory.ts';

/**
 * True when a type of AWS may hold what a sweep wants to see. A type that the catalogue does not know is offered under its
 * own name.
 */
export function isWanted(wanted: Wanted, type: string): boolean {
  const restatement = findRestatement('aws-config', type);
  if (restatement === undefined) return wanted.kind(type);
  if (typeof restatement.as === 'string')
    return wanted.kind(findShape('terraform', restatement.as)?.kind ?? type);
  // What it is depends on the item itself, so it may be any.
  return (
    wanted.kind(type) || KINDS.some(({ kind }) => kind.startsWith('aws.') && wanted.kind(kind))
  );
}
