import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openLedger } from '../../src/ledger/open.ts';
import type { OpenLedger } from '../../src/ledger/open.ts';
import { findPostgres, startPostgres } from '../postgres.mjs';
import type { Postgres } from '../postgres.mjs';
import { event, settings } from './ledger-log.ts';
import { ledgerContract } from './ledger.ts';

const bin = findPostgres();
let postgres: Postgres;

if (bin === undefined) {
  describe('PostgreSQL as a ledger', () => {
    it.skip('is not installed on this machine', () => undefined);
  });
} else {
  beforeAll(async () => {
    postgres = await startPostgres(bin);
  });
  afterAll(() => postgres.stop());

  ledgerContract('PostgreSQL', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-ledger-'));
    const url = await postgres.database();
    return {
      open: () => openLedger({ ...settings(), folder, url }),
      dispose: () => rmSync(folder, { recursive: true }),
    };
  });

  describe('replicas on one PostgreSQL', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-ledger-'));
    let url: string;
    let replicas: readonly OpenLedger[];
    beforeAll(async () => {
      url = await postgres.database();
      const open = () => openLedger({ ...settings(), folder, url });
      // Together, so that they bring the empty database up to date at the same time.
      replicas = await Promise.all([open(), open()]);
    });
    afterAll(async () => {
      for (const { ledger } of replicas) await ledger.close();
      rmSync(folder, { recursive: true });
    });

    it('append to one log without gaps, and tell of each other when ids clash', async () => {
      const appended = await Promise.all(
        replicas.flatMap(({ ledger }, replica) =>
          Array.from({ length: 100 }, (_, n) => ledger.append(event(`e${2 * n + replica}`))),
        ),
      );
      const sequences = appended.map(({ sequence }) => sequence).sort((a, b) => a - b);
      expect(sequences).toEqual(Array.from({ length: 200 }, (_, n) => n));
      await expect(replicas[0]?.ledger.append(event('e1'))).rejects.toMatchObject({
        code: 'LEDGER_CONFLICT',
      });
      await expect(replicas[1]?.ledger.append(event('e0'))).rejects.toMatchObject({
        code: 'LEDGER_CONFLICT',
      });
    });

    it('sign one history, at the same time too', async () => {
      const notes = await Promise.all(replicas.map(({ log }) => log.sign()));
      expect(new Set(notes).size).toBe(1);
      expect(notes[0]).toContain('\n200\n');
    });

    it('start together on an empty database, as those of a deployment do', async () => {
      for (let round = 0; round < 5; round++) {
        const given = { ...settings(), folder: path.join(folder, `round-${round}`) };
        const empty = await postgres.database();
        const opened = await Promise.all(
          Array.from({ length: 6 }, () => openLedger({ ...given, url: empty })),
        );
        await Promise.all(opened.map(({ ledger }, n) => ledger.append(event(`e${n}`))));
        const { events } = await opened[0]!.ledger.events({ limit: 500 });
        expect(events).toHaveLength(6);
        await Promise.all(opened.map(({ ledger }) => ledger.close()));
      }
    });

    it('refuse a key that is not the ledger\u2019s', async () => {
      const elsewhere = mkdtempSync(path.join(tmpdir(), 'portcullis-ledger-'));
      await expect(openLedger({ ...settings(), folder: elsewhere, url })).rejects.toMatchObject({
        code: 'LEDGER_KEY',
      });
      rmSync(elsewhere, { recursive: true });
    });
  });

  describe('a PostgreSQL that goes away', () => {
    it('leaves every record that was answered, and none twice', { timeout: 60_000 }, async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-ledger-'));
      const url = await postgres.database();
      const { ledger, log } = await openLedger({ ...settings(), folder, url });
      const answered = new Map<string, number>();
      let going = true;
      const client = async (name: number): Promise<void> => {
        for (let n = 0; going; n++) {
          const id = `c${name}-${n}`;
          await ledger.append(event(id)).then(
            ({ sequence }) => answered.set(id, sequence),
            () => new Promise((resolve) => setTimeout(resolve, 20)),
          );
        }
      };
      const clients = Array.from({ length: 8 }, (_, name) => client(name));
      for (let round = 0; round < 3; round++) {
        const before = answered.size;
        await expect.poll(() => answered.size, { timeout: 15_000 }).toBeGreaterThan(before + 50);
        await postgres.kill();
        await postgres.start();
      }
      going = false;
      await Promise.all(clients);
      const size = await ledger.size();
      const headers = await ledger.headers(0, size);
      const ids = headers.map(({ header }) => (JSON.parse(header) as { id: string }).id);
      expect(new Set(ids).size).toBe(size);
      for (const [id, sequence] of answered) expect(ids[sequence]).toBe(id);
      expect(await log.sign()).toContain(`\n${size}\n`);
      await ledger.close();
      rmSync(folder, { recursive: true });
    });
  });
}
