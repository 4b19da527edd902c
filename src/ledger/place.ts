import type { Config } from '../config/schema.ts';

/** Where a ledger is, and who signs for it. */
export interface LedgerPlace {
  /** The data folder: the ledger itself where no `url` is given, the key where none is given, the last signed head. */
  readonly folder: string;
  /** `postgresql://…`: a ledger that replicas share. */
  readonly url?: string | undefined;
  readonly origin?: string | undefined;
  /** The secret text of the signing key. */
  readonly key?: string | undefined;
}

/** What the configuration says of it. */
export function ledgerPlace({ data, store, ledger }: Config): LedgerPlace {
  return { folder: data, url: store.url, origin: ledger.origin, key: ledger.key };
}
