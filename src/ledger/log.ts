/**
 * The ledger as a transparency log: headers of records are the leaves of an RFC 6962 Merkle tree, its head is signed as
 * a C2SP checkpoint, and its hashes and leaves are read as C2SP tlog-tiles.
 */
export interface LedgerLog {
  /** What stands in the first line of every checkpoint, and names the key. */
  readonly origin: string;
  /** `name+hash+key` (C2SP signed-note): the key that signs now, and the older ones that signed before a rotation. */
  readonly verifierKeys: () => Promise<readonly string[]>;
  /** The newest signed head, as the text of its note. There is one from the first start on, of an empty tree too. */
  readonly checkpoint: () => Promise<string>;
  /** Signs a head that covers everything durable now, when the newest one does not. */
  readonly sign: () => Promise<string>;
  /**
   * Hashes of a tile, 32 bytes each; undefined where the tree has not come that far.
   *
   * @param width 1 to 256; 256 for a full tile.
   */
  readonly tile: (level: number, index: number, width: number) => Promise<Uint8Array | undefined>;
  /** The leaves under a tile of level 0, as bytes; undefined where the tree has not come that far. */
  readonly entries: (index: number, width: number) => Promise<readonly Uint8Array[] | undefined>;
  /**
   * Proofs that records are in the log, against a checkpoint that covers them all.
   *
   * @param sequences positions in the log; at most 10,000.
   * @throws LedgerError LEDGER_UNAVAILABLE for a position that is not there.
   */
  readonly prove: (sequences: readonly number[]) => Promise<Proven>;
  /** Proof that the tree of `size` records is a beginning of the newest signed one: hashes in base64. */
  readonly consistency: (size: number) => Promise<readonly string[]>;
}

export interface Proven {
  readonly checkpoint: string;
  /** In the order that was asked for. */
  readonly leaves: readonly ProvenLeaf[];
}

/** A leaf and the way from it to the root (RFC 6962, 2.1.1). */
export interface ProvenLeaf {
  readonly index: number;
  /** The header: the leaf's bytes as text. */
  readonly leaf: string;
  /** Hashes from the leaf's sibling upwards, base64. */
  readonly proof: readonly string[];
}
