import { setImmediate as turn } from 'node:timers/promises';

import { parseCheckpoint } from '../checkpoint.ts';
import { LedgerError } from '../errors.ts';
import type { LedgerLog, Proven, ProvenLeaf } from '../log.ts';
import { HASH_BYTES } from '../tree/hash.ts';
import { consistencyProof, inclusionProof } from '../tree/proof.ts';
import { TILE_WIDTH } from '../tree/tree.ts';
import { hashesOf } from './hashes.ts';
import { signHead } from './signing.ts';
import type { Signing } from './signing.ts';
import type { LogReads, LogStore } from './store.ts';

const MOST_PROOFS = 10_000;
/** Proofs between two turns of the event loop, and the reach of what is kept of tiles meanwhile. */
const PROOFS_A_TURN = 128;

/** Who signs: asked each time, for a key can be rotated while the gate runs. */
export interface LogParts extends Omit<Signing, 'signer'> {
  readonly store: LogStore;
  readonly signer: () => Signing['signer'];
}

/** The log over a store. */
export function ledgerLog({ store, signer, ...parts }: LogParts): LedgerLog {
  const sign = () => store.alone((desk) => signHead(desk, { ...parts, signer: signer() }));
  const checkpoint = async () => (await store.newestHead())?.note ?? (await sign());
  return {
    origin: signer().verifier.name,
    verifierKeys: store.keys,
    checkpoint,
    sign,
    tile: (level, index, width) => tile(store, { level, index, width }),
    entries: (index, width) => entries(store, index, width),
    prove: async (sequences) => {
      if (sequences.length > MOST_PROOFS)
        throw new RangeError(`at most ${MOST_PROOFS} records are proved at a time`);
      const newest = await checkpoint();
      const covered = sequences.every((sequence) => sequence < sizeOf(newest));
      return await prove(store, sequences, covered ? newest : await sign());
    },
    consistency: async (size) => {
      const newest = sizeOf(await checkpoint());
      const proof = await consistencyProof(size, newest, hashesOf(store, newest));
      return proof.map(base64);
    },
  };
}

async function tile(
  store: LogReads,
  { level, index, width }: { level: number; index: number; width: number },
): Promise<Uint8Array | undefined> {
  const hashes = await store.tile(level, index);
  const bytes = width * HASH_BYTES;
  return width < 1 || hashes.length < bytes ? undefined : hashes.subarray(0, bytes);
}

async function entries(
  store: LogReads,
  index: number,
  width: number,
): Promise<readonly Uint8Array[] | undefined> {
  if (width < 1 || width > TILE_WIDTH) return undefined;
  const rows = await store.headers(index * TILE_WIDTH, width);
  return rows.length < width ? undefined : rows.map(({ header }) => Buffer.from(header));
}

/** In the order of the log, so that neighbours share what is read for them; answered in the order of the question. */
async function prove(
  store: LogReads,
  sequences: readonly number[],
  checkpoint: string,
): Promise<Proven> {
  const size = sizeOf(checkpoint);
  const sorted = [...new Set(sequences)].sort((a, b) => a - b);
  const leaves = new Map<number, ProvenLeaf>();
  for (let from = 0; from < sorted.length; from += PROOFS_A_TURN) {
    const hash = hashesOf(store, size);
    for (const index of sorted.slice(from, from + PROOFS_A_TURN)) {
      const leaf = await headerAt(store, index, size);
      const proof = await inclusionProof(index, size, hash);
      leaves.set(index, { index, leaf, proof: proof.map(base64) });
    }
    await turn();
  }
  return { checkpoint, leaves: sequences.flatMap((index) => leaves.get(index) ?? []) };
}

async function headerAt(store: LogReads, index: number, size: number): Promise<string> {
  const rows = Number.isSafeInteger(index) && index < size ? await store.headers(index, 1) : [];
  const row = rows[0];
  if (row?.sequence === index) return row.header;
  throw new LedgerError('LEDGER_UNAVAILABLE', `The ledger has no record ${index}.`);
}

function sizeOf(note: string): number {
  const head = parseCheckpoint(note);
  if (head !== undefined) return head.size;
  throw new LedgerError('LEDGER_CORRUPT', 'The newest checkpoint of the ledger is none.', {
    help: 'Restore the ledger from a backup.',
  });
}

function base64(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64');
}
