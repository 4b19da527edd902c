import { describe, expect, it } from 'vitest';

import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import type { EventRecord } from '../../src/ledger/ledger.ts';
import { parseVerifier } from '../../src/ledger/note/key.ts';
import { openNote } from '../../src/ledger/note/note.ts';
import type { OpenLedger, OpenLedgerOptions } from '../../src/ledger/open.ts';
import { EMPTY_ROOT, leafHash } from '../../src/ledger/tree/hash.ts';
import { verifyConsistency, verifyInclusion } from '../../src/ledger/tree/proof.ts';

/** Settings that nothing in a test hangs on. */
export function settings(): Omit<OpenLedgerOptions, 'folder'> {
  let ids = 0;
  return {
    deadlineMs: 20_000,
    queue: 1000,
    retention: { holds: [] },
    clock: () => new Date(),
    newId: () => `own-${++ids}`,
    warn: () => undefined,
  };
}

export function event(id: string): EventRecord {
  return { id, time: '2026-01-01T00:00:00.000Z', type: 'sweep.started', subject: 's', body: {} };
}

function headOf(note: string) {
  const head = parseCheckpoint(note);
  if (head === undefined) throw new Error(`no checkpoint: ${note}`);
  return head;
}

/** The contract of the log over every ledger store. */
export function logContract(now: () => OpenLedger, restart: () => Promise<void>): void {
  describe('as a log', () => {
    it('has a signed head before its first record', async () => {
      const [key = ''] = await now().log.verifierKeys();
      const verifier = parseVerifier(key);
      const note = await now().log.checkpoint();
      expect(verifier && openNote(note, verifier)).toBe(
        `${now().log.origin}\n0\n${Buffer.from(EMPTY_ROOT).toString('base64')}\n`,
      );
    });

    it('proves each record, and that each signed head is the beginning of the next', async () => {
      const heads = [await now().log.sign()];
      for (const count of [1, 255, 1, 44]) {
        const size = await now().ledger.size();
        await Promise.all(
          Array.from({ length: count }, (_, n) => now().ledger.append(event(`e${size + n}`))),
        );
        heads.push(await now().log.sign());
      }
      const all = Array.from({ length: 301 }, (_, n) => n);
      const { checkpoint, leaves } = await now().log.prove(all);
      const { size, root } = headOf(checkpoint);
      expect(size).toBe(301);
      for (const [at, { index, leaf, proof }] of leaves.entries()) {
        expect(index).toBe(at);
        expect(
          verifyInclusion({
            index,
            size,
            leaf: leafHash(Buffer.from(leaf)),
            root,
            proof: proof.map((hash) => Buffer.from(hash, 'base64')),
          }),
        ).toBe(true);
      }
      for (const head of heads.map(headOf)) {
        const proof = (await now().log.consistency(head.size)).map((hash) =>
          Buffer.from(hash, 'base64'),
        );
        expect(verifyConsistency({ ...head, newSize: size, newRoot: root, proof })).toBe(true);
      }
      expect((await now().log.tile(0, 0, 256))?.length).toBe(8192);
      expect((await now().log.tile(0, 1, 45))?.length).toBe(45 * 32);
      expect((await now().log.tile(1, 0, 1))?.length).toBe(32);
      expect(await now().log.tile(0, 1, 46)).toBeUndefined();
      const bundle = await now().log.entries(1, 45);
      expect(bundle?.map((entry) => Buffer.from(entry).toString())).toEqual(
        leaves.slice(256).map(({ leaf }) => leaf),
      );
      expect(await now().log.entries(1, 46)).toBeUndefined();
    });

    it('signs by itself what it proves, and refuses what is not there', async () => {
      await now().ledger.append(event('one'));
      expect((await now().log.prove([0])).leaves[0]?.proof).toEqual([]);
      await expect(now().log.prove([1])).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    });

    it('goes on over a restart, signed as it was closed', async () => {
      await now().ledger.append(event('one'));
      await restart();
      expect(headOf(await now().log.checkpoint()).size).toBe(1);
      await now().ledger.append(event('two'));
      expect(headOf(await now().log.sign()).size).toBe(2);
    });
  });
}
