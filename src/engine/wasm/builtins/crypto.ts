import { createHash, createHmac } from 'node:crypto';

import type { Builtin } from './builtin.ts';
import { text } from './operands.ts';

type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512';

/** Digests as hexadecimal digits; `md5` and `sha1` are here to compare with what others wrote, not to trust. */
export const CRYPTO = {
  'crypto.md5': digest('md5'),
  'crypto.sha1': digest('sha1'),
  'crypto.sha256': digest('sha256'),
  'crypto.hmac.md5': hmac('md5'),
  'crypto.hmac.sha1': hmac('sha1'),
  'crypto.hmac.sha256': hmac('sha256'),
  'crypto.hmac.sha512': hmac('sha512'),
  'crypto.hmac.equal': (values) => text(values, 0) === text(values, 1),
} as const satisfies Record<string, Builtin>;

function digest(algorithm: Algorithm): Builtin {
  return (values) => createHash(algorithm).update(text(values, 0)).digest('hex');
}

function hmac(algorithm: Algorithm): Builtin {
  return (values) => createHmac(algorithm, text(values, 1)).update(text(values, 0)).digest('hex');
}
