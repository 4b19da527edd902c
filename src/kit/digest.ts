import { createHash } from 'node:crypto';

/** SHA-256 of bytes or UTF-8 text, in the form that records and reports use: `sha256:` and 64 hex digits. */
export function sha256(data: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}
