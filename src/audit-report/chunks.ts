/** A piece of this size keeps a socket busy and needs no memory to speak of. */
const CHUNK = 64 * 1024;

/** Texts of any length -> bytes in pieces of some size: one write for a row each would cost more than the rows. */
export async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let held: string[] = [];
  let length = 0;
  for await (const text of texts) {
    held.push(text);
    length += text.length;
    if (length < CHUNK) continue;
    yield Buffer.from(held.join(''));
    [held, length] = [[], 0];
  }
  if (length > 0) yield Buffer.from(held.join(''));
}
