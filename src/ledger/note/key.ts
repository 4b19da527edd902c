import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';

/** Ed25519 as a type of signature (C2SP signed-note, "Signature types"). */
const ED25519 = 1;
const SEED_BYTES = 32;
const PUBLIC_BYTES = 32;
const NAME = /^[^\s+\p{Cc}]+$/u;

/** Who checks signatures: a name, the first four bytes of a hash over name and key, and the public key. */
export interface Verifier {
  readonly name: string;
  readonly id: Uint8Array;
  /** `name+hash+base64`, as every tool that reads signed notes takes it. */
  readonly text: string;
  readonly verify: (text: string, signature: Uint8Array) => boolean;
}

export interface Signer {
  readonly verifier: Verifier;
  /** `PRIVATE+KEY+name+hash+base64`, the form of golang.org/x/mod/sumdb/note. It is the secret. */
  readonly secret: string;
  readonly sign: (text: string) => Uint8Array;
}

/** Names hold no white space, no plus and no control characters (C2SP signed-note, "Format"). */
export function isKeyName(name: string): boolean {
  return name.length <= 255 && name.isWellFormed() && NAME.test(name);
}

/** The signer whose Ed25519 private key is a seed of 32 bytes (RFC 8032 §5.1.5). */
export function signerOf(name: string, seed: Uint8Array): Signer {
  const key = privateKeyOf(seed);
  const verifier = verifierOf(name, createPublicKey(key));
  const hash = Buffer.from(verifier.id).toString('hex');
  return {
    verifier,
    secret: `PRIVATE+KEY+${name}+${hash}+${typed(seed).toString('base64')}`,
    sign: (text) => sign(null, Buffer.from(text), key),
  };
}

/** Reads the text of a secret back. @returns undefined for what is none, or whose hash is not that of its key. */
export function parseSecret(text: string): Signer | undefined {
  const [, name, base64] =
    /^PRIVATE\+KEY\+([^+]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  if (name === undefined || base64 === undefined || !isKeyName(name)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== SEED_BYTES + 1 || bytes[0] !== ED25519) return undefined;
  const signer = signerOf(name, bytes.subarray(1));
  return signer.secret === text ? signer : undefined;
}

/** Reads the text of a verifier key back. @returns undefined for what is none, or whose hash is not that of its key. */
export function parseVerifier(text: string): Verifier | undefined {
  const [, name, base64] = /^([^+]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  if (name === undefined || base64 === undefined || !isKeyName(name)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== PUBLIC_BYTES + 1 || bytes[0] !== ED25519) return undefined;
  const x = bytes.subarray(1).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const verifier = verifierOf(name, key);
  return verifier.text === text ? verifier : undefined;
}

function verifierOf(name: string, key: KeyObject): Verifier {
  const publicKey = typed(rawPublicKey(key));
  const id = createHash('sha256').update(`${name}\n`).update(publicKey).digest().subarray(0, 4);
  return {
    name,
    id,
    text: `${name}+${id.toString('hex')}+${publicKey.toString('base64')}`,
    verify: (text, signature) => verify(null, Buffer.from(text), key, signature),
  };
}

function typed(key: Uint8Array): Buffer {
  return Buffer.concat([Uint8Array.of(ED25519), key]);
}

const Jwk = z.object({ x: z.string() });

function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(Jwk.parse(key.export({ format: 'jwk' })).x, 'base64url');
}

/** PKCS #8 around a seed (RFC 8410 §7): node takes no bare one. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, seed]),
    format: 'der',
    type: 'pkcs8',
  });
}
