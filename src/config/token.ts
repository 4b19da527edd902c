import { createHash, randomBytes } from 'node:crypto';

import type { Role } from './schema.ts';

/** A token that was just made. `token` is shown once and kept nowhere; `entry` goes into `auth.tokens`. */
export interface NewToken {
  readonly token: string;
  readonly entry: { readonly name: string; readonly role: Role; readonly sha256: string };
}

/**
 * Makes a bearer token of 256 random bits. A plain SHA-256 is enough to store it: there is nothing to guess, so there
 * is nothing for a slow hash to slow down.
 */
export function newToken(name: string, role: Role): NewToken {
  const token = `pc_${randomBytes(32).toString('base64url')}`;
  return { token, entry: { name, role, sha256: createHash('sha256').update(token).digest('hex') } };
}
