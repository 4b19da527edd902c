import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A log as the specifications define it, without a thought for speed: what the verifier is held against. */
export type Files = Map<string, Buffer>;

const sha = (...parts: Buffer[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');

export function mth(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return sha();
  if (hashes.length === 1) return hashes[0]!;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return sha(Buffer.from([1]), mth(hashes.slice(0, k)), mth(hashes.slice(k)));
}

export const leaf = (entry: Buffer): Buffer => sha(Buffer.from([0]), entry);

export function signer(name: string, seed: number) {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = createPrivateKey({
    key: Buffer.concat([prefix, Buffer.alloc(32, seed)]),
    format: 'der',
    type: 'pkcs8',
  });
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  const typed = Buffer.concat([Buffer.from([1]), raw]);
  const id = sha(Buffer.from(`${name}\n`), typed).subarray(0, 4);
  return {
    verifier: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    line: (text: string) =>
      `\u2014 ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString('base64')}\n`,
  };
}

export const OWN = signer('log.example/gate', 7);

export function note(origin: string, size: number, root: Buffer, signers = [OWN]): Buffer {
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
  return Buffer.from(`${text}\n${signers.map(({ line }) => line(text)).join('')}`);
}

function name(row: string, n: number, width: number): string {
  const digits = String(n).padStart(9, '0');
  const parts = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  while (parts.length > 1 && parts[0] === '000') parts.shift();
  const tail = parts.pop()!;
  return `tile/${row}/${parts.map((part) => `x${part}/`).join('')}${tail}${width < 256 ? `.p/${width}` : ''}`;
}

export function bundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.map((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return Buffer.concat([length, entry]);
    }),
  );
}

function* chunks<T>(items: readonly T[]): Generator<[number, readonly T[]]> {
  for (let n = 0; n * 256 < items.length; n += 1) yield [n, items.slice(n * 256, n * 256 + 256)];
}

export function buildLog(entries: readonly Buffer[], signers = [OWN]): Files {
  const files: Files = new Map();
  let row = entries.map(leaf);
  files.set('checkpoint', note('log.example/gate', entries.length, mth(row), signers));
  files.set('verifier-key', Buffer.from(`${OWN.verifier}\n`));
  for (const [n, part] of chunks(entries)) files.set(name('entries', n, part.length), bundle(part));
  for (let level = 0; row.length > 0; level += 1) {
    const above: Buffer[] = [];
    for (const [n, part] of chunks(row)) {
      files.set(name(String(level), n, part.length), Buffer.concat(part));
      if (part.length === 256) above.push(mth(part));
    }
    row = above;
  }
  return files;
}

export function entriesOf(count: number, salt = ''): Buffer[] {
  return Array.from({ length: count }, (_, at) =>
    Buffer.from(`{"id":"${salt}${at}","time":"2026-11-25T08:00:00.000Z"}`),
  );
}

/** Writes the files to a folder of their own for as long as the work takes. */
export async function inFolder<T>(
  files: Files,
  work: (folder: string) => Promise<T> | T,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-verify-'));
  try {
    for (const [file, bytes] of files) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), bytes);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
