/** The most bytes an entry may have: its length stands in two bytes. */
export const MAX_ENTRY_BYTES = 65_535;

/**
 * A bundle of entries: each behind its length as a big-endian uint16 (C2SP tlog-tiles, "Log entries").
 *
 * @throws RangeError for an entry of more than {@link MAX_ENTRY_BYTES}.
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}
