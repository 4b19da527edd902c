import { objectStore, ObjectStoreError } from '../../clouds/object-store.ts';
import type { Bucket, ObjectStore } from '../../clouds/object-store.ts';
import { LogError } from '../errors.ts';
import { MAX_NOTE_BYTES, otherBytes } from './files.ts';
import type { ExportTarget } from './target.ts';

const TILE = {
  once: true,
  type: 'application/octet-stream',
  cache: 'max-age=31536000, immutable',
} as const;
const NOTE = { once: false, type: 'text/plain; charset=utf-8', cache: 'no-cache' } as const;

export interface Prefix extends Bucket {
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
}

/** A prefix of a bucket. It has no lock: of replicas that export to one, each writes the same tiles. */
export function bucketTarget(settings: Prefix): ExportTarget {
  const store = objectStore(settings);
  const { bucket, prefix } = settings;
  const place = `s3://${bucket}/${prefix}`;
  return {
    place,
    readNote: async (name) => {
      const note = await wrapped(() => store.get(`${prefix}${name}`, MAX_NOTE_BYTES));
      if (note === 'missing') return undefined;
      if (note !== 'too-large') return note.toString('utf8');
      throw new LogError('LEDGER_EXPORT', `${place}${name} is no checkpoint: it is too large.`);
    },
    writeOnce: (name, bytes) => wrapped(() => writeOnce(store, { place, prefix, name }, bytes)),
    replace: async (name, bytes) => {
      await wrapped(() => store.put(`${prefix}${name}`, bytes, NOTE));
    },
    close: store.close,
  };
}

/** Looked at before it is written: nothing is sent twice, and a storage that knows no conditions overwrites nothing. */
async function writeOnce(
  store: ObjectStore,
  { place, prefix, name }: { place: string; prefix: string; name: string },
  bytes: Uint8Array,
): Promise<void> {
  const key = `${prefix}${name}`;
  const read = () => store.get(key, bytes.byteLength);
  let there = await read();
  if (there === 'missing') {
    if ((await store.put(key, bytes, TILE)) === 'written') return;
    // Somebody wrote it since it was looked at: a replica, or a try of ours whose answer got lost.
    there = await read();
  }
  if (!Buffer.isBuffer(there) || !there.equals(bytes)) throw otherBytes(`${place}${name}`);
}

async function wrapped<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof ObjectStoreError)) throw cause;
    const help = cause.help === undefined ? {} : { help: cause.help };
    throw new LogError('LEDGER_EXPORT', cause.message, { cause, ...help });
  }
}
