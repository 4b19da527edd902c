/** What the door lets in. Checked on the raw bytes, before anything is parsed. */
export interface Limits {
  /** Bytes after decompression. */
  readonly bytes: number;
  /** Nested arrays and objects. */
  readonly depth: number;
  /** Object members plus list elements in the whole document. */
  readonly members: number;
}
