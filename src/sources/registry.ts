import { SourceError } from './errors.ts';
import { kubernetesAdmission } from './kubernetes-admission/index.ts';
import { kubernetesManifest } from './kubernetes-manifest/index.ts';
import { mistakenValue } from './mistaken.ts';
import type { Normalised, ParsedDocument, Source } from './source.ts';
import { terraformPlan } from './terraform-plan/index.ts';

/** Every document format there is; `--help`, errors and the contract test come from this table. */
export const SOURCES: readonly Source[] = [terraformPlan, kubernetesAdmission, kubernetesManifest];

/**
 * Finds the source that a document belongs to.
 *
 * @param forcedId an id of SOURCES, when the caller knows better; the document has to be of that format all the same.
 * @throws SourceError SOURCE_UNRECOGNISED with what is known and how to get it, SOURCE_UNUSABLE for look-alikes.
 */
export function recognise(document: ParsedDocument, forcedId?: string): Source {
  const candidates = forcedId === undefined ? SOURCES : [sourceById(forcedId)];
  const found = candidates.find((source) => source.recognises(document));
  if (found !== undefined) return found;
  throw mistaken(document) ?? unrecognised(document, candidates);
}

/** Recognises a document and turns it into resources. @throws SourceError, see {@link recognise} and Source.normalise. */
export function normaliseDocument(
  document: ParsedDocument,
  forcedId?: string,
): Normalised & { readonly source: string } {
  const source = recognise(document, forcedId);
  const normalised = source.normalise(document);
  const notes = [...(document.notes ?? []), ...normalised.notes];
  return { ...normalised, source: source.id, notes };
}

function sourceById(id: string): Source {
  const source = SOURCES.find((candidate) => candidate.id === id);
  if (source !== undefined) return source;
  throw new SourceError('SOURCE_UNRECOGNISED', `there is no source called ${JSON.stringify(id)}`, {
    help: `Known: ${SOURCES.map((known) => known.id).join(', ')}.`,
  });
}

function mistaken(document: ParsedDocument): SourceError | undefined {
  return document.values.map(mistakenValue).find((error) => error !== undefined);
}

function unrecognised(document: ParsedDocument, candidates: readonly Source[]): SourceError {
  const wanted =
    candidates.length === 1 ? `a ${candidates[0]?.title ?? ''}` : 'of any known format';
  return new SourceError('SOURCE_UNRECOGNISED', `the document is not ${wanted}`, {
    ...(document.name === undefined ? {} : { place: { file: document.name } }),
    help: [
      'Known formats:',
      ...candidates.map(({ id, title, hint }) => `  ${id}: ${title}. ${hint}`),
    ].join('\n'),
  });
}
