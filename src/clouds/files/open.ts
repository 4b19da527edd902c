import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

import { CloudError } from '../errors.ts';
import type { CloudErrorCode } from '../errors.ts';
import { fileError } from './errors.ts';
import type { FoundFile } from './find.ts';

/**
 * Works on an open file and closes it. A pipe or a device is refused before it can hold up the process, and a link that
 * took the place of a file after the search is not followed.
 *
 * @throws CloudError
 */
export async function withFile<T>(
  { name, named }: FoundFile,
  work: (handle: FileHandle, stats: Stats) => Promise<T>,
): Promise<T> {
  let handle: FileHandle | undefined;
  try {
    const follow = named ? 0 : constants.O_NOFOLLOW;
    handle = await open(name, constants.O_RDONLY | constants.O_NONBLOCK | follow);
    const stats = await handle.stat();
    if (!stats.isFile()) throw new CloudError('CLOUD_SETTINGS', `${name} is no regular file`);
    return await work(handle, stats);
  } catch (thrown) {
    throw fileError(name, thrown);
  } finally {
    await handle?.close();
  }
}

export interface WholeFile {
  readonly bytes: Buffer;
  /** When it was last written (RFC 3339). */
  readonly writtenAt: string;
}

/**
 * Reads a file of a bounded size.
 *
 * @param most bytes.
 * @throws CloudError CLOUD_SETTINGS when it is larger, or grew while it was read; CLOUD_STOPPED.
 */
export async function readWhole(
  file: FoundFile,
  most: number,
  signal: AbortSignal,
): Promise<WholeFile> {
  if (signal.aborted) throw new CloudError('CLOUD_STOPPED', `${file.name} is not read any more`);
  return await withFile(file, async (handle, stats) => {
    if (stats.size > most) {
      const { code, message } = tooLarge(file.name, stats.size, most);
      throw new CloudError(code, message);
    }
    const bytes = Buffer.alloc(stats.size);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { bytes: bytes.subarray(0, filled), writtenAt: stats.mtime.toISOString() };
  });
}

/** Why a file of that size is not read. */
export function tooLarge(
  name: string,
  size: number,
  most: number,
): { readonly code: CloudErrorCode; readonly message: string } {
  const message = `${name} has ${size} bytes; maxSize of this inventory is ${most}`;
  return { code: 'CLOUD_SETTINGS', message };
}
