/** What a log line carries besides its message: plain values, none of them secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where the rooms at the rim write what an operator needs to know. Messages are static, facts go in fields, so that
 * lines can be counted and text from outside cannot forge one.
 */
export interface Log {
  readonly debug: (message: string, fields?: LogFields) => void;
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly error: (message: string, fields?: LogFields) => void;
}

/** For tests and one-off commands: says nothing. */
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // Nothing is kept.
}
