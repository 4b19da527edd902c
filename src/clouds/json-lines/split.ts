/** A line as it stands in a stream of bytes. */
export interface RawLine {
  /** Counted from 1. */
  readonly number: number;
  /** Undefined for one beyond the limit, of which nothing was kept. */
  readonly bytes: Uint8Array | undefined;
  /** Where the next line begins, in bytes from the start. */
  readonly end: number;
}

/** Where to go on in a stream that was begun before. */
export interface Start {
  readonly line: number;
  readonly offset: number;
}

const NEW_LINE = 0x0a;

/** Splits bytes into lines; never holds more than a chunk and one line, however long a line claims to be. */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  longest: number,
  { line, offset }: Start = { line: 1, offset: 0 },
): AsyncGenerator<RawLine> {
  const pending: Uint8Array[] = [];
  let [number, end, length] = [line, offset, 0];
  const take = (): RawLine => {
    const bytes = length > longest ? undefined : Buffer.concat(pending);
    pending.length = 0;
    length = 0;
    return { number: number++, bytes, end };
  };
  for await (const chunk of chunks) {
    let from = 0;
    while (from < chunk.length) {
      const at = chunk.indexOf(NEW_LINE, from);
      const part = chunk.subarray(from, at < 0 ? chunk.length : at);
      length += part.length;
      if (length <= longest) pending.push(part);
      else pending.length = 0;
      from += part.length + (at < 0 ? 0 : 1);
      end += part.length + (at < 0 ? 0 : 1);
      if (at >= 0) yield take();
    }
  }
  if (length > 0) yield take();
}
