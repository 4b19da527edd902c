import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { z } from 'zod';

import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import type { OpenLedger } from '../../src/ledger/open.ts';

const Header = z.string().transform((text) => z.object({ id: z.string() }).parse(JSON.parse(text)));

/**
 * Nothing lost, nothing twice, no gap, and a signed head over all of it, whatever happened.
 *
 * @param answered what appends were told: the place of each record.
 */
export async function expectSound(
  { ledger, log }: OpenLedger,
  answered: ReadonlyMap<string, number>,
): Promise<void> {
  const size = await ledger.size();
  const headers = await ledger.headers(0, size);
  expect(headers.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: size }, (_, n) => n),
  );
  const ids = headers.map(({ header }) => Header.parse(header).id);
  expect(new Set(ids).size).toBe(size);
  for (const [id, sequence] of answered) expect(ids[sequence]).toBe(id);
  const head = parseCheckpoint(await log.sign());
  expect(head?.size).toBe(size);
  const leaves = headers.map(({ header }) => hash(0, Buffer.from(header)));
  expect(Buffer.from(head?.root ?? []).toString('hex')).toBe(root(leaves).toString('hex'));
}

/** As RFC 6962, 2.1 has it, and as slow. */
function root(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return createHash('sha256').digest();
  if (leaves.length === 1) return only;
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return hash(1, root(leaves.slice(0, half)), root(leaves.slice(half)));
}

function hash(prefix: number, ...parts: readonly Buffer[]): Buffer {
  return createHash('sha256')
    .update(Buffer.concat([Buffer.of(prefix), ...parts]))
    .digest();
}
