import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { messageOf } from '../../kit/errors.ts';
import { LogError } from '../errors.ts';

/** Far more than a checkpoint with many signatures has. */
export const MAX_NOTE_BYTES = 64 * 1024;

/** A small text file, or undefined where there is none. @throws LogError LEDGER_EXPORT */
export async function readNote(file: string): Promise<string | undefined> {
  const bytes = await readIfThere(file);
  if (bytes === undefined || bytes.length <= MAX_NOTE_BYTES) return bytes?.toString('utf8');
  throw new LogError('LEDGER_EXPORT', `${file} is no checkpoint: it has ${bytes.length} bytes.`);
}

/**
 * Writes what never changes again. A file that is there already must have these bytes: others have read and kept it.
 *
 * @throws LogError LEDGER_HISTORY when it has others, LEDGER_EXPORT when it cannot be written.
 */
export async function writeOnce(file: string, bytes: Uint8Array): Promise<void> {
  const there = await readIfThere(file);
  if (there === undefined) {
    await replace(file, bytes);
    return;
  }
  if (!there.equals(bytes)) throw otherBytes(file);
}

export function otherBytes(file: string): LogError {
  return new LogError('LEDGER_HISTORY', `${file} has other bytes than this ledger gives it.`, {
    help: 'It was changed, or is of another log. Export into an empty folder and compare.',
  });
}

/**
 * Writes a file so that a reader sees the old one or the new one, whole, and a power cut leaves one of them.
 *
 * @throws LogError LEDGER_EXPORT
 */
export async function replace(file: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    const made = await mkdir(folder, { recursive: true });
    await writeDurably(draft, bytes);
    await rename(draft, file);
    // The name is durable when the folder that holds it is, and so for every folder that was made on the way.
    for (const parent of upTo(folder, made === undefined ? folder : path.dirname(made)))
      await syncFolder(parent);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new LogError('LEDGER_EXPORT', `${file} cannot be written: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function upTo(folder: string, top: string): string[] {
  const parent = path.dirname(folder);
  return folder === top || parent === folder ? [folder] : [folder, ...upTo(parent, top)];
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new LogError('LEDGER_EXPORT', `${file} cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}
