import type { Signer, Verifier } from './key.ts';

/** A text that ends in a newline, an empty line, and a line with a signature (C2SP signed-note, "Format"). */
export function signNote(text: string, signer: Signer): string {
  const { name, id } = signer.verifier;
  const signature = Buffer.concat([id, signer.sign(text)]).toString('base64');
  return `${text}\n\u2014 ${name} ${signature}\n`;
}

/**
 * The text of a note that this verifier vouches for. Signatures of others are ignored: they may be witnesses.
 *
 * @returns undefined when it is no note, or has no valid signature of this key.
 */
export function openNote(note: string, verifier: Verifier): string | undefined {
  // The text may hold empty lines itself; signatures stand behind the last one.
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  return lines.some((line) => vouches(line, text, verifier)) ? text : undefined;
}

function vouches(line: string, text: string, { name, id, verify }: Verifier): boolean {
  const [dash, signer, base64, ...more] = line.split(' ');
  if (dash !== '\u2014' || signer !== name || base64 === undefined || more.length > 0) return false;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.subarray(0, id.length).equals(id) && verify(text, bytes.subarray(id.length));
}
