import { createHash } from 'node:crypto';

/** All ids of reports are made in this one name space; it is for life. */
const NAMESPACE = Buffer.from('0c2b6a5e8f1d5a7f9a3e4b7d6c1f2e90', 'hex');

/** The UUID (RFC 9562, version 5) of a name: the same report made twice has the same ids. */
export function uuidOf(...name: readonly string[]): string {
  const text = JSON.stringify(name);
  const bytes = createHash('sha1').update(NAMESPACE).update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
