import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createDeflateRaw, crc32 } from 'node:zlib';

import { Zip } from 'fflate';
import type { ZipInputFile } from 'fflate';

import { ReportError } from '../../errors.ts';

/** The texts after it are the content of this file. */
export interface Begin {
  readonly file: string;
}

export type Part = Begin | string;

/** Text that is compressed at once, and bytes that are handed on at once. */
const CHUNK = 64 * 1024;

/** Places in an archive are numbers of 32 bits; the rest is left for its directory. */
const MOST_BYTES = 0xff00_0000;

/** By APPNOTE.TXT 4.4.5. */
const DEFLATED = 8;

/** The first moment that an archive knows, in whatever zone: the same report is the same bytes. */
const NO_TIME = new Date(1980, 0, 1);

/**
 * Files of text, one after the other, as a ZIP archive. The container is fflate's; Node compresses, off this thread and twice as
 * fast. What was not taken is not read.
 *
 * @throws ReportError REPORT_TOO_LARGE
 */
export async function* zipped(
  parts: AsyncIterable<Part>,
  most = MOST_BYTES,
): AsyncGenerator<Uint8Array> {
  const out = outlet(most);
  const zip = new Zip(out.take);
  let file: ZippedFile | undefined;
  try {
    for await (const part of parts) {
      if (typeof part !== 'string') {
        await file?.end();
        file = zippedFile(zip, part.file);
      } else if (file?.add(part) === true) await file.compress();
      if (out.held() >= CHUNK) yield out.all();
    }
    await file?.end();
    zip.end();
    yield out.all();
  } finally {
    file?.drop();
  }
}

/** What the container gives, until it is handed on. */
function outlet(most: number) {
  let [pieces, held, sent]: [Uint8Array[], number, number] = [[], 0, 0];
  return {
    take: (error: Error | null, piece: Uint8Array): void => {
      if (error !== null) throw error;
      pieces.push(piece);
      held += piece.length;
    },
    held: () => held,
    all: (): Uint8Array => {
      if (sent + held > most) throw tooLarge();
      const all = Buffer.concat(pieces);
      sent += held;
      [pieces, held] = [[], 0];
      return all;
    },
  };
}

function tooLarge(): ReportError {
  return new ReportError('REPORT_TOO_LARGE', 'The workbook would be larger than 4 GiB.', {
    help: 'Ask for a shorter period, or take CSV, JSON or NDJSON.',
  });
}

interface ZippedFile {
  /** Says whether there is enough to compress. */
  readonly add: (text: string) => boolean;
  readonly compress: () => Promise<void>;
  readonly end: () => Promise<void>;
  readonly drop: () => void;
}

function zippedFile(zip: Zip, filename: string): ZippedFile {
  const file: ZipInputFile = { filename, size: 0, crc: 0, compression: DEFLATED, mtime: NO_TIME };
  zip.add(file);
  const deflate = createDeflateRaw();
  deflate.on('data', (piece: Buffer) => file.ondata?.(null, new Uint8Array(piece), false));
  let [texts, length]: [string[], number] = [[], 0];
  const compress = async (): Promise<void> => {
    const bytes = Buffer.from(texts.join(''));
    [texts, length] = [[], 0];
    file.size += bytes.length;
    file.crc = crc32(bytes, file.crc);
    await written(deflate, bytes);
  };
  return {
    add: (text) => {
      texts.push(text);
      length += text.length;
      return length >= CHUNK;
    },
    compress,
    end: async () => {
      await compress();
      await finished(deflate.end());
      file.ondata?.(null, new Uint8Array(), true);
    },
    drop: () => deflate.destroy(),
  };
}

function written(stream: Writable, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
