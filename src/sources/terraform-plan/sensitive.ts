import type { Site } from './instances.ts';
import type { Block } from './configuration.ts';
import type { ParsedReference } from './reference-text.ts';

/** Modules nest a few levels deep; a document that claims more is not followed for ever. */
const LEVELS = 32;

/**
 * Attributes that the code fills from variables marked sensitive. Plans written before Terraform 0.15 carry no marks
 * of their own, so this is what there is to go by.
 *
 * @returns top-level names of attributes.
 */
export function sensitiveByCode(block: Block, site: Site): string[] {
  const named = [...block.attributes].filter(([, references]) =>
    holdsSecret(references, site, LEVELS),
  );
  return named.map(([attribute]) => attribute);
}

function holdsSecret(references: readonly ParsedReference[], site: Site, levels: number): boolean {
  return references.some(
    (reference) => reference.to === 'variable' && isSecret(reference.name, site, levels),
  );
}

function isSecret(name: string, { module, caller }: Site, levels: number): boolean {
  if (module.sensitiveVariables.has(name)) return true;
  if (caller === undefined || levels === 0) return false;
  return holdsSecret(caller.call.arguments.get(name) ?? [], caller.site, levels - 1);
}
