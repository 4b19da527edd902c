import type { Redactor } from './redactor.ts';

/** Causes of causes; an error that is its own cause must not keep anybody here. */
const DEEPEST = 8;

/**
 * Takes secrets out of the texts of an error and of what caused it. In place: whoever catches it goes by its class and code.
 */
export function redactError(thrown: unknown, { text, json }: Redactor): void {
  let error = thrown;
  for (let depth = 0; depth < DEEPEST && error instanceof Error; depth++) {
    const { message, stack } = error;
    error.message = text(message);
    if (stack !== undefined) error.stack = text(stack);
    if ('help' in error && typeof error.help === 'string')
      Object.assign(error, { help: text(error.help) });
    if ('place' in error) Object.assign(error, { place: json(error.place) });
    error = error.cause;
  }
}
