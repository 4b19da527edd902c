import { toResources } from './catalogue/resolve.ts';
import type { Decision } from './model/decision.ts';
import type { Resource } from './model/resource.ts';
import type { Limits } from './sources/limits.ts';
import { parseDocument } from './sources/parse-document.ts';
import { normaliseDocument } from './sources/registry.ts';

/** A document in normal form. */
export interface Normal {
  readonly source: string;
  readonly resources: readonly Resource[];
  readonly notes: Decision['document']['notes'];
  /** Sensitive values that the document states outside its resources. */
  readonly secrets: readonly string[];
}

interface Asked {
  readonly bytes: Uint8Array;
  readonly name?: string;
  readonly source?: string;
}

/** The first step alone: a document in normal form. @throws SourceError */
export function normalise(limits: Limits, request: Asked): Normal {
  const document = parseDocument(request.bytes, request.name, limits);
  const { source, resources, notes, secrets } = normaliseDocument(document, request.source);
  return { source, resources: toResources(resources), notes: [...notes], secrets: secrets ?? [] };
}
