import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

import { VerifyError } from '../finding.ts';

/** Evidence of ten thousand records has some ten million bytes. */
const LARGEST_EVIDENCE = 64 * 1024 * 1024;
const CHUNK = 1024 * 1024;
const LONGEST_LINE = 4 * 1024 * 1024;

/** How evidence begins inside a file: hyphens are escaped there, and a quote cannot stand bare inside a text. */
const MARK = '{"format":"portcullis\\u002devidence/1"';

/** A file that is read piece by piece, so that one of any size can be verified. */
export interface ReportFile {
  readonly size: number;
  /** The evidence inside the file; undefined where there is none. */
  readonly inside: () => Inside | undefined;
  /** All of it as text. @throws VerifyError when it is larger than evidence is. */
  readonly text: () => string;
  /** SHA-256 of all but a part. */
  readonly digestWithout: (from: number, to: number) => string;
  readonly slice: (from: number, length: number) => Buffer;
  /** Lines of the file; longer ones than rows are come cut. */
  readonly lines: () => Generator<string>;
}

export interface Inside {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** @throws VerifyError when it cannot be read. */
export function withReportFile<T>(file: string, work: (report: ReportFile) => T): T {
  let descriptor;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    throw new VerifyError(`${file} cannot be read: ${error instanceof Error ? error.message : ''}`);
  }
  try {
    return work(opened(descriptor, file));
  } finally {
    closeSync(descriptor);
  }
}

function opened(descriptor: number, name: string): ReportFile {
  const { size } = fstatSync(descriptor);
  const slice = (from: number, length: number): Buffer => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - from)));
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(descriptor, bytes, done, bytes.length - done, from + done);
      if (read === 0) throw new VerifyError(`${name} became shorter while it was read`);
      done += read;
    }
    return bytes;
  };
  return {
    size,
    slice,
    inside: () => {
      const start = Math.max(0, size - LARGEST_EVIDENCE);
      return insideOf(slice(start, LARGEST_EVIDENCE), start);
    },
    text: () => {
      if (size > LARGEST_EVIDENCE) throw new VerifyError(`${name} is too large for evidence`);
      return slice(0, size).toString('utf8');
    },
    digestWithout: (from, to) => {
      const hash = createHash('sha256');
      for (const [begin, end] of [
        [0, from],
        [to, size],
      ] as const)
        for (let at = begin; at < end; at += CHUNK)
          hash.update(slice(at, Math.min(CHUNK, end - at)));
      return `sha256:${hash.digest('hex')}`;
    },
    lines: () => linesOf(size, slice),
  };
}

/** The last one: what stands before it is the report's own text, which may look like anything. */
function insideOf(tail: Buffer, start: number): Inside | undefined {
  const from = tail.lastIndexOf(MARK);
  if (from < 0) return undefined;
  const to = objectEnd(tail, from);
  if (to === undefined) return undefined;
  return { text: tail.toString('latin1', from, to), from: start + from, to: start + to };
}

/** Where a JSON object ends that begins here. It is plain ASCII: each byte is a character. */
function objectEnd(bytes: Buffer, from: number): number | undefined {
  let [depth, quoted] = [0, false];
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (quoted && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) quoted = !quoted;
    else if (!quoted && byte === OPEN) depth += 1;
    else if (!quoted && byte === CLOSE && (depth -= 1) === 0) return at + 1;
  }
  return undefined;
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = [0x22, 0x5c, 0x7b, 0x7d];

function* linesOf(size: number, slice: ReportFile['slice']): Generator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for (let at = 0; at < size; at += CHUNK) {
    const bytes = Buffer.concat([rest, slice(at, CHUNK)]);
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      yield bytes.toString('utf8', from, end);
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > LONGEST_LINE) rest = rest.subarray(0, LONGEST_LINE);
  }
  if (rest.length > 0) yield rest.toString('utf8');
}
