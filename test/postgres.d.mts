/** A PostgreSQL of the test's own, on a free port of this machine, gone with everything in it when it is stopped. */
export interface Postgres {
  readonly port: number;
  /** The address of a new, empty database. */
  readonly database: () => Promise<string>;
  /** As a power cut would: no transaction ends in peace. */
  readonly kill: () => Promise<void>;
  /** SIGKILL for its first process alone; the others end when they notice. */
  readonly crash: () => void;
  /** Ready for connections when this returns; also after a crash, when what is left of it has ended. */
  readonly start: () => Promise<void>;
  /** Stops all its processes where they are: connections stay open, and nobody answers. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly stop: () => Promise<void>;
}

/**
 * The folder of PostgreSQL's programs, or undefined after saying aloud that it is missing.
 *
 * @throws Error in place of that where PORTCULLIS_PEERS_REQUIRED is set: there a skipped test is a broken one.
 */
export function findPostgres(): string | undefined;

/** @param options `durable`: it waits for the disk, as it does where nobody says otherwise. */
export function startPostgres(
  bin: string,
  options?: { readonly durable?: boolean },
): Promise<Postgres>;
