import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, QueryResult } from 'kysely';

import type { LedgerDatabase, Tables } from '../store/tables.ts';

/** SQL, and the values of its parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** As the driver of PostgreSQL answers. */
interface Answer<R> {
  readonly rows: R[];
  readonly rowCount: number | null;
}

/** The compiler of a query knows what its rows are; a driver takes its word. */
export function resultOf<R>({ rows, rowCount }: Answer<R>): QueryResult<R> {
  return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
}

/**
 * Queries whose connections are somebody else's care: a pool drops a connection whose query failed, and a transaction is begun
 * and ended by whoever has the client.
 */
export function queriesOver(executeQuery: DatabaseConnection['executeQuery']): LedgerDatabase {
  const connection: DatabaseConnection = {
    executeQuery,
    streamQuery: () => refuse('rows are not streamed'),
  };
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => ({
      init: () => Promise.resolve(),
      acquireConnection: () => Promise.resolve(connection),
      beginTransaction: () => refuse('a transaction is begun by whoever has the client'),
      commitTransaction: () => refuse('a transaction is ended by whoever has the client'),
      rollbackTransaction: () => refuse('a transaction is ended by whoever has the client'),
      releaseConnection: () => Promise.resolve(),
      destroy: () => Promise.resolve(),
    }),
  };
  return new Kysely<Tables>({ dialect });
}

function refuse(what: string): never {
  throw new TypeError(what);
}
