import type { DocumentRedactor } from './document.ts';
import { redactError } from './errors.ts';
import { PLAIN } from './redactor.ts';
import type { Redactor } from './redactor.ts';

/** The sensitive values of what is being judged now, for texts of which nobody knows where they came from. */
export interface UnderWay extends Redactor {
  /** Keeps them known until the answer is out. @returns what lets go of them. */
  readonly hold: (redactor: KnownWhole) => () => void;
  /** A text that is written once, before the end: without anything that a document under way says is secret. */
  readonly lastWords: (text: string) => string;
}

type KnownWhole = Redactor & Pick<DocumentRedactor, 'marks' | 'whole'>;

/** Log lines and last words go through here: by the form of credentials, and by the values of documents under way. */
export function secretsUnderWay(): UnderWay {
  const held = new Set<KnownWhole>();
  /** Those of the held that know more than a form. Most documents mark nothing, and every line is looked through for each that does. */
  const marking = new Set<KnownWhole>();
  return {
    hold: (redactor) => {
      held.add(redactor);
      if (redactor.marks) marking.add(redactor);
      return () => {
        held.delete(redactor);
        marking.delete(redactor);
      };
    },
    text: (text) => [...marking].reduce((rest, redactor) => redactor.text(rest), PLAIN.text(text)),
    lastWords: (text) =>
      [...held].reduce((rest, redactor) => redactor.whole().text(rest), PLAIN.text(text)),
    json: (value) =>
      [...marking].reduce((rest, redactor) => redactor.json(rest), PLAIN.json(value)),
  };
}

/** Does something with a document whose sensitive values are known meanwhile, and are in nothing that it throws. */
export async function keepingSecrets<T>(
  underWay: UnderWay,
  redactor: KnownWhole,
  work: () => Promise<T>,
): Promise<T> {
  const release = underWay.hold(redactor);
  try {
    return await work();
  } catch (error) {
    redactError(error, redactor.whole());
    throw error;
  } finally {
    release();
  }
}
