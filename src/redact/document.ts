import type { Resource } from '../model/resource.ts';
import { createRedactor, PLAIN } from './redactor.ts';
import type { Redactor } from './redactor.ts';
import { markedValues, namedValues } from './secrets.ts';

/**
 * Knows every sensitive value that stands in some resources: marked, or a literal under a name that says secret.
 *
 * @param secrets what is sensitive besides.
 */
export function redactorOf(
  resources: readonly Resource[],
  secrets: readonly string[] = [],
): Redactor {
  const inside = resources.flatMap((resource) => [
    ...markedValues(resource),
    ...namedValues(resource),
  ]);
  return createRedactor([...secrets, ...inside]);
}

/** Knows what a document marks as sensitive, in its resources and besides them. */
export interface DocumentRedactor extends Redactor {
  /** False where nothing is marked: then its words are those of `PLAIN`. */
  readonly marks: boolean;
  /**
   * The same, for telling more of some resources: knows the literals under names that say secret in them too. To look for
   * those everywhere would cost every clean plan a walk through all of its attributes.
   */
  readonly speakingOf: (addresses: ReadonlySet<string>) => Redactor;
  /** Knows those of all resources: for last words, before which nobody asks what they cost. */
  readonly whole: () => Redactor;
}

/** Made once for each document. @param secrets what it states outside its resources. */
export function documentRedactor(
  resources: readonly Resource[],
  secrets: readonly string[],
): DocumentRedactor {
  const marked = [...secrets, ...resources.flatMap(markedValues)];
  const redactor = marked.length === 0 ? PLAIN : createRedactor(marked);
  return {
    ...redactor,
    marks: marked.length > 0,
    whole: () => createRedactor([...marked, ...resources.flatMap(namedValues)]),
    speakingOf: (addresses) => {
      const named = resources.filter(({ address }) => addresses.has(address)).flatMap(namedValues);
      return named.length === 0 ? redactor : createRedactor([...marked, ...named]);
    },
  };
}
