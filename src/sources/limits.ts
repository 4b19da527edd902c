/** What the door lets in. Checked on the raw bytes, before anything is parsed. */
export interface Limits {
  /** Bytes after decompression. */
  readonly bytes: number;
  /** Bytes of YAML, which takes some four seconds a megabyte to parse, all the while nothing else is answered. */
  readonly yamlBytes: number;
  /** Nested arrays and objects. */
  readonly depth: number;
  /** Object members plus list elements in the whole document. */
  readonly members: number;
}
