import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LedgerError } from '../../src/ledger/errors.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { OpenLedger } from '../../src/ledger/open.ts';
import { decision } from '../decisions.ts';
import { findPostgres, startPostgres } from '../postgres.mjs';
import type { Postgres } from '../postgres.mjs';
import { faultyWire } from './faulty-wire.ts';
import type { Fault, FaultyWire } from './faulty-wire.ts';
import { settings } from './ledger-log.ts';
import { expectSound } from './sound.ts';

const bin = findPostgres();
/** More than anything here asks; past what it asks, nothing is hit. */
const MOST = 200;

function record(id: string, idempotencyKey?: string) {
  const time = '2026-01-01T00:00:00.000Z';
  const whole = { id, time, type: 'decision' as const, decision: decision({ id, time }) };
  return idempotencyKey === undefined ? whole : { ...whole, idempotencyKey };
}

describe.skipIf(bin === undefined)(
  'a way to PostgreSQL that fails at the n-th thing it is asked',
  () => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await startPostgres(bin ?? '');
    });
    afterAll(() => postgres.stop());

    async function within<T>(
      work: (wire: FaultyWire, url: string, folder: string) => Promise<T>,
    ): Promise<T> {
      const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-ledger-'));
      const url = await postgres.database();
      const wire = await faultyWire(url);
      try {
        return await work(wire, url, folder);
      } finally {
        wire.close();
        rmSync(folder, { recursive: true });
      }
    }

    /** Appends of two batches. Who is told nothing good gets the error of the ledger, and nothing else. */
    async function appendSome(
      { ledger }: OpenLedger,
      name: string,
      answered: Map<string, number>,
    ): Promise<number> {
      const asked = [record(`${name}-a`), record(`${name}-b`), record(`${name}-c`, `key-${name}`)];
      const outcomes = await Promise.allSettled(asked.map((one) => ledger.append(one)));
      outcomes.forEach((outcome, at) => {
        if (outcome.status === 'fulfilled')
          answered.set(asked[at]?.id ?? '', outcome.value.sequence);
        else expect(outcome.reason).toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
      });
      return outcomes.filter(({ status }) => status === 'rejected').length;
    }

    it.each<{ fault: Fault; lasting?: boolean; refuses: boolean }>([
      { fault: 'refused', refuses: true },
      // Once is mended by asking again: that which was asked twice is there once.
      { fault: 'unheard', refuses: false },
      { fault: 'unanswered', refuses: false },
      { fault: 'refused', lasting: true, refuses: true },
      { fault: 'unheard', lasting: true, refuses: true },
      { fault: 'unanswered', lasting: true, refuses: true },
    ])('($fault, lasting: $lasting) loses no record, and has none twice', async (given) => {
      await within(async (wire, _url, folder) => {
        const opened = await openLedger({ ...settings(), folder, url: wire.url });
        const answered = new Map<string, number>();
        await appendSome(opened, 'warm', answered);
        let n = 1;
        for (; n < MOST; n++) {
          wire.arm(n, given.fault, given.lasting);
          const refused = await appendSome(opened, `n${n}`, answered);
          const hit = wire.disarm() >= n;
          if (!hit) expect(refused).toBe(0);
          else if (given.refuses) expect(refused).toBeGreaterThan(0);
          else expect(refused).toBe(0);
          expect(await appendSome(opened, `n${n}-after`, answered)).toBe(0);
          if (!hit) break;
        }
        expect(n).toBeGreaterThan(4);
        expect(n).toBeLessThan(MOST);
        await expectSound(opened, answered);
        await opened.ledger.close();
      });
    });

    it.each<Fault>(['silent', 'mute'])(
      '(%s) refuses in time what is not known to be there, and goes on',
      async (fault) => {
        const [deadlineMs, slackMs] = [1000, 2000];
        const tryAt = (n: number) =>
          within(async (wire, _url, folder) => {
            const opened = await openLedger({ ...settings(), folder, url: wire.url, deadlineMs });
            const answered = new Map<string, number>();
            await appendSome(opened, 'warm', answered);
            wire.arm(n, fault);
            const begin = performance.now();
            const refused = await appendSome(opened, 'during', answered);
            const took = performance.now() - begin;
            const hit = wire.disarm() >= n;
            expect(refused > 0).toBe(hit);
            expect(took).toBeLessThan(deadlineMs + slackMs);
            await expect
              .poll(() => opened.ledger.append(record(`after-${took}`)).catch(String), {
                timeout: 10_000,
              })
              .toMatchObject({ sequence: expect.any(Number) as unknown });
            await expectSound(opened, answered);
            await opened.ledger.close();
            return hit;
          });
        const hits = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(tryAt));
        expect(hits[0]).toBe(true);
      },
    );

    it('holds the others up only briefly when whoever has the lock is cut off', async () => {
      const deadlineMs = 1000;
      await within(async (wire, url, folder) => {
        const far = await openLedger({ ...settings(), folder, url: wire.url, deadlineMs });
        const near = await openLedger({ ...settings(), folder, url, deadlineMs });
        const answered = new Map<string, number>();
        await appendSome(far, 'warm', answered);
        await appendSome(near, 'near', answered);
        // Cut off at each place of a transaction, also where it holds the lock.
        for (const n of [2, 3, 4, 5]) {
          wire.arm(n, 'parted');
          await appendSome(far, `far-${n}`, answered);
          wire.disarm();
          const begin = performance.now();
          await expect
            .poll(() => appendSome(near, `near-${n}-${performance.now()}`, answered), {
              timeout: 10_000,
            })
            .toBe(0);
          expect(performance.now() - begin).toBeLessThan(5000);
        }
        // What it was refused it may still write; after that it is quiet.
        await far.ledger.close();
        await expectSound(near, answered);
        await near.ledger.close();
      });
    });

    it('while a ledger is made leaves one that can be made', async () => {
      const faults = ['refused', 'unheard', 'unanswered'] as const;
      await within(async (wire, url, folder) => {
        const admin = new pg.Client({ connectionString: url });
        await admin.connect();
        let n = 1;
        for (let hit = true; hit && n < MOST; n++) {
          wire.arm(n, faults[n % faults.length] ?? 'unheard');
          const first = await openLedger({ ...settings(), folder, url: wire.url }).catch(
            (error: unknown) => error,
          );
          hit = wire.disarm() >= n;
          if (first instanceof Error) expect(first).toBeInstanceOf(LedgerError);
          else await (first as OpenLedger).ledger.close();
          const opened = await openLedger({ ...settings(), folder, url: wire.url });
          const answered = new Map<string, number>();
          expect(await appendSome(opened, 'some', answered)).toBe(0);
          await expectSound(opened, answered);
          await opened.ledger.close();
          await admin.query('DROP SCHEMA portcullis_ledger CASCADE');
          rmSync(path.join(folder, 'ledger.checkpoint'));
        }
        expect(n).toBeGreaterThan(10);
        expect(n).toBeLessThan(MOST);
        await admin.end();
      });
    });

    it('whose server stands still refuses in time, and works again when it goes on', async () => {
      await within(async (_wire, url, folder) => {
        const deadlineMs = 1000;
        const opened = await openLedger({ ...settings(), folder, url, deadlineMs });
        const answered = new Map<string, number>();
        await appendSome(opened, 'before', answered);
        postgres.freeze();
        for (let n = 0; n < 3; n++) {
          const begin = performance.now();
          expect(await appendSome(opened, `frozen-${n}`, answered)).toBe(3);
          expect(performance.now() - begin).toBeLessThan(deadlineMs + 2000);
        }
        postgres.thaw();
        await expect
          .poll(() => appendSome(opened, `thawed-${performance.now()}`, answered), {
            timeout: 5000,
          })
          .toBe(0);
        await expectSound(opened, answered);
        await opened.ledger.close();
      });
    });
  },
);
