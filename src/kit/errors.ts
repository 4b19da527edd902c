/** Where in a document something is wrong; lines and columns count from 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The address of the resource, or the path inside the document. */
  readonly path?: string;
}

/**
 * The base of every error that Portcullis raises on purpose. Each room has one subclass with its own union of codes.
 * `message` says what happened, `place` where, `help` what to do about it.
 */
export abstract class PortcullisError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly place: Place | undefined;
  readonly help: string | undefined;

  constructor(code: Code, message: string, options: ErrorDetails = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.place = options.place;
    this.help = options.help;
  }
}

/** Tells errors raised on purpose from bugs; `instanceof` alone would lose the type of `code`. */
export function isPortcullisError(thrown: unknown): thrown is PortcullisError {
  return thrown instanceof PortcullisError;
}

export interface ErrorDetails {
  readonly place?: Place;
  readonly help?: string;
  readonly cause?: unknown;
}

/** The text of anything that was thrown: strangers throw strings and bare objects too. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'string') return thrown;
  // JSON has no word for undefined, and stringify answers undefined in spite of its type.
  return thrown === undefined ? 'undefined' : JSON.stringify(thrown);
}

/** `file:line:column` as far as it is known, for terminals and log lines. */
export function formatPlace(place: Place | undefined): string {
  if (place === undefined) return '';
  const parts = [place.file, place.line, place.column].filter((part) => part !== undefined);
  return [parts.join(':'), place.path]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}
