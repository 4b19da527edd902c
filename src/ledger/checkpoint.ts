import { HASH_BYTES } from './tree/hash.ts';

/** What a log says of itself: so many entries, and this root over them. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The text that is signed: origin, size in decimal, root in base64 (C2SP tlog-checkpoint, "Note text"). */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Reads such a text; lines of extensions are passed over. @returns undefined for what is none. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, root, ...rest] = text.split('\n');
  if (origin === undefined || origin === '' || rest.length === 0) return undefined;
  if (size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size)) return undefined;
  const hash = Buffer.from(root ?? '', 'base64');
  if (hash.length !== HASH_BYTES || hash.toString('base64') !== root) return undefined;
  return { origin, size: Number(size), root: hash };
}
