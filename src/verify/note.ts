import { createPublicKey, hash, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { VerifyError } from './finding.ts';

export interface VerifierKey {
  readonly name: string;
  readonly id: string;
  readonly key: KeyObject;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export type Opened =
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly signers: readonly VerifierKey[] }
  | { readonly ok: false; readonly kind: 'signature' | 'malformed'; readonly message: string };

const ED25519 = 1;
const KEY = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/;
const SIGNATURE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+=*)$/;
const MOST_SIGNATURES = 100;

/** True of text that is meant as a key, rightly or not: `name+8 hexadecimal digits+base64`. */
export function looksLikeKey(text: string): boolean {
  return /^[^\s+]+\+[0-9a-fA-F]{8}\+/.test(text);
}

/**
 * Verifier keys (C2SP signed-note), one a line.
 *
 * @throws VerifyError when a line is no Ed25519 verifier key, or there is none.
 */
export function parseKeys(text: string, where: string): readonly VerifierKey[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new VerifyError(`${where} holds no verifier key`);
  return lines.map((line) => parseKey(line.trim(), where));
}

function parseKey(text: string, where: string): VerifierKey {
  const [, name = '', id = '', encoded = ''] = KEY.exec(text) ?? [];
  const bytes = strictBase64(encoded);
  if (bytes?.length !== 33 || bytes[0] !== ED25519) {
    throw new VerifyError(
      `${where} is no Ed25519 verifier key: it is written name+8 hexadecimal digits+base64`,
    );
  }
  if (keyId(name, bytes) !== id) {
    throw new VerifyError(`${where}: the digits of the key are not those of its name and bytes`);
  }
  const x = bytes.subarray(1).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return { name, id, key };
}

function keyId(name: string, typed: Buffer): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'hex').slice(0, 8);
}

/** Base64 that is written in the one right way; Node's own reader takes anything. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** Reads a signed checkpoint and believes it only when one of these keys signed it. Signatures of strangers are passed over. */
export function openCheckpoint(bytes: Buffer, keys: readonly VerifierKey[]): Opened {
  const note = splitNote(bytes);
  if (note === undefined) return malformed('it is no signed note');
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint === undefined) return malformed('its text is no checkpoint of a log');
  const signers: VerifierKey[] = [];
  for (const line of note.signatures) {
    const signature = parseSignature(line);
    if (signature === undefined) return malformed('a line of its signatures is none');
    const signer = keys.find(({ name, id }) => name === signature.name && id === signature.id);
    if (signer === undefined) continue;
    if (!verify(null, Buffer.from(note.text), signer.key, signature.bytes))
      return unsigned(`the signature by ${signer.name}+${signer.id} is not of this text`);
    // A signature that stands twice is one.
    if (!signers.includes(signer)) signers.push(signer);
  }
  return believe(checkpoint, signers, keys);
}

function splitNote(bytes: Buffer): { text: string; signatures: readonly string[] } | undefined {
  const whole = bytes.toString('utf8');
  const cut = whole.lastIndexOf('\n\n');
  // U+FFFD in place of bytes that are not UTF-8 makes other bytes.
  const right = cut >= 0 && whole.endsWith('\n') && Buffer.from(whole).equals(bytes);
  if (!right || hasControls(whole)) return undefined;
  const signatures = whole.slice(cut + 2, -1).split('\n');
  return signatures.length > MOST_SIGNATURES
    ? undefined
    : { text: whole.slice(0, cut + 1), signatures };
}

function parseSignature(line: string): { name: string; id: string; bytes: Buffer } | undefined {
  const [, name = '', encoded = ''] = SIGNATURE.exec(line) ?? [];
  const bytes = strictBase64(encoded);
  if (name === '' || bytes === undefined || bytes.length < 5) return undefined;
  return { name, id: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4) };
}

function believe(
  checkpoint: Checkpoint,
  signers: readonly VerifierKey[],
  keys: readonly VerifierKey[],
): Opened {
  if (signers.length === 0) {
    const known = keys.map(({ name, id }) => `${name}+${id}`).join(', ');
    return unsigned(`none of its signatures is by ${known}`);
  }
  // A key that signs for two logs must not let one pass for the other.
  if (!signers.some(({ name }) => name === checkpoint.origin))
    return unsigned(`it is of the log ${checkpoint.origin}, which is not the name of the key`);
  return { ok: true, checkpoint, signers };
}

function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', encoded = '', ...more] = text.slice(0, -1).split('\n');
  const root = strictBase64(encoded);
  const right = origin !== '' && /^(0|[1-9]\d{0,15})$/.test(size) && root?.length === 32;
  if (!right || more.includes('') || !Number.isSafeInteger(Number(size))) return undefined;
  return { origin, size: Number(size), root };
}

function hasControls(text: string): boolean {
  return /[^\P{Cc}\n]/u.test(text);
}

function malformed(message: string): Opened {
  return { ok: false, kind: 'malformed', message };
}

function unsigned(message: string): Opened {
  return { ok: false, kind: 'signature', message };
}
