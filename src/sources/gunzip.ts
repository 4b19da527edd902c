import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { SourceError } from './errors.ts';

const inflate = promisify(gunzip);

/**
 * Decompresses gzip, and stops as soon as more than `limit` bytes come out: 200 MB of zeros fit in 200 KB.
 *
 * @throws SourceError SOURCE_TOO_LARGE beyond the limit, SOURCE_MALFORMED when it is not gzip or is cut off.
 */
export async function gunzipBounded(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  try {
    return await inflate(bytes, { maxOutputLength: limit });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new SourceError(
        'SOURCE_TOO_LARGE',
        `the document is larger than ${limit} bytes when decompressed`,
        {
          cause,
          help: 'Send less in one document, or raise the limit of the gate.',
        },
      );
    }
    throw new SourceError(
      'SOURCE_MALFORMED',
      'the compressed document cannot be decompressed: it is damaged, cut off, or not gzip',
      { cause },
    );
  }
}
