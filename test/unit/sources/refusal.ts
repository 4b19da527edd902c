import { SourceError } from '../../../src/sources/errors.ts';

/** The SourceError with which a document is refused; anything else fails the test. */
export function refusal(attempt: () => unknown): SourceError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('the document was not refused');
}
