import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { messageOf } from '../kit/errors.ts';
import { LogError } from './errors.ts';
import { parseSecret, signerOf } from './note/key.ts';
import type { Signer } from './note/key.ts';

const FILE = 'ledger.key';
const NEXT = 'ledger.key.next';
const DEFAULT_ORIGIN = 'portcullis.local/ledger';
const SEED_BYTES = 32;
const OTHERS = 0o077;

/**
 * The key that signs the checkpoints of a ledger: the one of the configuration, or `ledger.key` in the data folder, made on first use for this user alone.
 * The name of the key is the origin of the log, so one key has one origin for ever.
 *
 * @throws LogError LEDGER_KEY when others can read it, it is no key, it is of another origin, or it cannot be made.
 */
export function ledgerSigner(folder: string, origin: string | undefined, secret?: string): Signer {
  if (secret !== undefined) return ofOrigin(given(secret), 'in ledger.key', origin);
  const file = path.join(folder, FILE);
  return ofOrigin(read(file) ?? make(file, origin ?? DEFAULT_ORIGIN), file, origin);
}

/** The secret is never shown, and neither is what is wrong with it. */
function given(secret: string): Signer {
  const signer = parseSecret(secret.trim());
  if (signer !== undefined) return signer;
  throw new LogError('LEDGER_KEY', 'The setting ledger.key holds no signing key.', {
    help: 'It looks like PRIVATE+KEY+name+12345678+base64: the text of the file ledger.key in the data folder of a gate.',
  });
}

function ofOrigin(signer: Signer, where: string, origin: string | undefined): Signer {
  const { name } = signer.verifier;
  if (origin === undefined || origin === name) return signer;
  throw new LogError('LEDGER_KEY', `The key ${where} signs for ${name}, not for ${origin}.`, {
    help: `A log keeps its origin: leave it out, or write ${name}.`,
  });
}

/** A new key that waits to take over: made once, so that a rotation that was interrupted goes on with the same. */
export function nextSigner(folder: string, origin: string): Signer {
  const file = path.join(folder, NEXT);
  return ofOrigin(read(file) ?? make(file, origin), file, origin);
}

/** Puts the new key in the place of the old one, which is gone with that. @throws LogError LEDGER_KEY */
export function takeOver(folder: string): void {
  const file = path.join(folder, FILE);
  try {
    renameSync(path.join(folder, NEXT), file);
  } catch (error) {
    throw unusable(file, `cannot be replaced: ${messageOf(error)}`, error);
  }
}

/** A key of nobody yet. */
export function newSigner(origin: string): Signer {
  return signerOf(origin, randomBytes(SEED_BYTES));
}

function read(file: string): Signer | undefined {
  let text;
  try {
    text = readPrivate(file);
  } catch (error) {
    if (error instanceof LogError) throw error;
    if (isCode(error, 'ENOENT')) return undefined;
    throw unusable(file, `cannot be read: ${messageOf(error)}`, error);
  }
  const signer = parseSecret(text.trim());
  if (signer !== undefined) return signer;
  throw unusable(file, 'holds no signing key');
}

/** The file that is looked at is the one that is read. */
function readPrivate(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const { mode } = fstatSync(descriptor);
    if ((mode & OTHERS) !== 0)
      throw new LogError('LEDGER_KEY', `The key ${file} can be read by others.`, {
        help: `If nobody else has had it: chmod 600 ${file}`,
      });
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** Of two processes that come first at once, one makes the key and the other reads that. */
function make(file: string, origin: string): Signer {
  const signer = newSigner(origin);
  try {
    // Beside a database of PostgreSQL nobody else has had a reason to make the folder.
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${signer.secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return signer;
  } catch (error) {
    const made = isCode(error, 'EEXIST') ? read(file) : undefined;
    if (made !== undefined) return made;
    throw unusable(file, `cannot be made: ${messageOf(error)}`, error);
  }
}

function unusable(file: string, what: string, cause?: unknown): LogError {
  return new LogError('LEDGER_KEY', `The key ${file} ${what}.`, {
    cause,
    help: 'Restore it from a backup; a log that goes on under a new key is a new log to whoever verifies it.',
  });
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
