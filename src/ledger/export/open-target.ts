import { LogError } from '../errors.ts';
import { isAddress, parseBucket } from './destination.ts';
import type { Destination } from './destination.ts';
import { folderTarget } from './target.ts';
import type { ExportTarget } from './target.ts';

/** A folder, or a prefix of a bucket. @throws LogError LEDGER_EXPORT for an address that is neither. */
export async function openTarget(
  destination: Destination,
  signal?: AbortSignal,
): Promise<ExportTarget> {
  if (!isAddress(destination.to)) return folderTarget(destination.to);
  const bucket = parseBucket(destination.to);
  if (bucket === undefined)
    throw new LogError('LEDGER_EXPORT', `${destination.to} is no place for an export.`, {
      help: 'It is a folder, or s3://bucket/prefix.',
    });
  const { bucketTarget } = await import('./bucket.ts');
  return bucketTarget({ ...destination, ...bucket, signal });
}
