import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { sha256 } from '../../src/kit/digest.ts';
import type {
  DecisionRecord,
  EventFilter,
  EventRecord,
  EventType,
  Ledger,
  RecordFilter,
} from '../../src/ledger/ledger.ts';
import type { LedgerLog } from '../../src/ledger/log.ts';
import type { OpenLedger } from '../../src/ledger/open.ts';
import { decision, violation } from '../decisions.ts';
import { logContract } from './ledger-log.ts';

/** What a store must offer to be put to the test: the second `open` of one place sees what the first one wrote. */
export interface LedgerUnderTest {
  readonly open: () => Promise<OpenLedger>;
  readonly dispose: () => void;
}

function record(
  n: number,
  given: Parameters<typeof decision>[0] = {},
  idempotencyKey?: string,
): DecisionRecord {
  const id = `record-${String(n).padStart(4, '0')}`;
  const time = new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString();
  const base = { id, time, type: 'decision' as const, decision: decision({ id, time, ...given }) };
  return idempotencyKey === undefined ? base : { ...base, idempotencyKey };
}

const Header = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ id: z.string(), input: z.string().optional() }));

/** The contract of every ledger store. */
export function ledgerContract(name: string, make: () => Promise<LedgerUnderTest>): void {
  describe(`${name} as a ledger`, () => {
    let place: LedgerUnderTest;
    let ledger: Ledger;
    let log: LedgerLog;
    const open = async (): Promise<void> => {
      ({ ledger, log } = await place.open());
    };
    beforeEach(async () => {
      place = await make();
      await open();
    });
    afterEach(async () => {
      await ledger.close();
      place.dispose();
    });

    logContract(
      () => ({ ledger, log }),
      async () => {
        await ledger.close();
        await open();
      },
    );

    it('numbers records from 0 without gaps, however many come at once', async () => {
      const appended = await Promise.all(
        Array.from({ length: 300 }, async (_, n) => await ledger.append(record(n))),
      );
      expect(appended.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 300 }, (_, n) => n),
      );
    });

    it('gives back the decision as it was', async () => {
      const given = record(1, {
        violations: [violation('tagging.owner')],
        context: { actor: 'ada "ünïcode" \u2028 <b>', labels: { team: 'x' } },
      });
      await ledger.append(given);
      const found = await ledger.get(given.id);
      expect(found).toEqual({
        sequence: 0,
        id: given.id,
        time: given.time,
        type: 'decision',
        decision: given.decision,
      });
    });

    it('keeps what was judged under a digest in the header, and gives it back word for word', async () => {
      const input = '[{"address":"aws_sqs_queue.q","tags":{"owner":"ünï"}}]';
      await ledger.append({ ...record(1), input });
      await ledger.append({ ...record(2), input });
      await ledger.append(record(3));
      expect(await ledger.input('record-0001')).toBe(input);
      expect(await ledger.input('record-0002')).toBe(input);
      expect(await ledger.input('record-0003')).toBeUndefined();
      expect(await ledger.input('nowhere')).toBeUndefined();
      const digests = (await ledger.headers(0, 10)).map(({ header }) => Header.parse(header).input);
      expect(digests).toEqual([sha256(input), sha256(input), undefined]);
    });

    it('gives back any text in a decision unchanged', async () => {
      let n = 0;
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (reason) => {
          const given = record(n++, { reason });
          await ledger.append(given);
          expect((await ledger.get(given.id))?.decision?.reason).toBe(reason);
        }),
        { numRuns: 30 },
      );
    });

    it('knows nothing of an id that was never written', async () => {
      expect(await ledger.get('nowhere')).toBeUndefined();
      expect(await ledger.findByIdempotencyKey('nowhere')).toBeUndefined();
      expect(await ledger.list({ limit: 10 })).toEqual({ records: [] });
    });

    it('writes one record for one idempotency key, and the others are told so', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, async (_, n) => await ledger.append(record(n, {}, 'key'))),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'LEDGER_CONFLICT' });
      const found = await ledger.findByIdempotencyKey('key');
      expect((await ledger.list({ limit: 10 })).records).toEqual([found]);
    });

    it('refuses a second record of one id, and leaves no gap for it', async () => {
      await ledger.append(record(1));
      await expect(ledger.append(record(1))).rejects.toMatchObject({ code: 'LEDGER_CONFLICT' });
      expect(await ledger.append(record(2))).toEqual({ sequence: 1 });
    });

    it('keeps everything over a restart', async () => {
      await ledger.append(record(1, {}, 'key'));
      await ledger.close();
      await open();
      expect(await ledger.append(record(2))).toEqual({ sequence: 1 });
      expect((await ledger.findByIdempotencyKey('key'))?.id).toBe('record-0001');
    });

    it('writes what still waits when it is closed', async () => {
      const waiting = Array.from({ length: 20 }, async (_, n) => await ledger.append(record(n)));
      await ledger.close();
      expect(await Promise.all(waiting)).toHaveLength(20);
      await open();
      expect((await ledger.list({ limit: 50 })).records).toHaveLength(20);
    });

    it('refuses to append after it was closed', async () => {
      await ledger.close();
      await expect(ledger.append(record(1))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
      await open();
    });

    describe('as a list', () => {
      const FIVE = [
        record(0, { decision: 'deny', violations: [violation('a')], context: { actor: 'ada' } }),
        record(1, { point: 'admission', warnings: [violation('a'), violation('b')] }),
        record(2, {
          decision: 'deny',
          document: { ...decision().document, source: 'kubernetes-manifest' },
        }),
        record(3, { context: { actor: 'ada' }, exempt: [violation('b')] }),
        record(4, { point: 'sweep' }),
      ];
      beforeEach(async () => {
        for (const each of FIVE) await ledger.append(each);
      });

      async function sequences(filter: Partial<RecordFilter>): Promise<number[]> {
        return (await ledger.list({ limit: 100, ...filter })).records.map(
          ({ sequence }) => sequence,
        );
      }

      it.each<[string, Partial<RecordFilter>, number[]]>([
        ['everything, newest first', {}, [4, 3, 2, 1, 0]],
        ['denials', { decision: 'deny' }, [2, 0]],
        ['one point', { point: 'admission' }, [1]],
        ['one source', { source: 'kubernetes-manifest' }, [2]],
        ['one actor', { actor: 'ada' }, [3, 0]],
        ['a rule wherever it spoke', { rule: 'b' }, [3, 1]],
        ['since a time, itself included', { since: '2026-01-01T00:00:03Z' }, [4, 3]],
        ['a time in another zone', { since: '2026-01-01T01:00:03+01:00' }, [4, 3]],
        ['until a time, itself left out', { until: '2026-01-01T00:00:01.000Z' }, [0]],
        ['several at once', { decision: 'deny', actor: 'ada', rule: 'a' }, [0]],
        ['what nobody is', { actor: "ada' OR 1=1 --" }, []],
      ])('shows %s', async (_, filter, expected) => {
        expect(await sequences(filter)).toEqual(expected);
      });

      it('comes in pages that overlap nowhere and end', async () => {
        const first = await ledger.list({ limit: 2 });
        const second = await ledger.list({ limit: 2, before: first.next! });
        const third = await ledger.list({ limit: 2, before: second.next! });
        expect(
          [first, second, third].map(({ records }) => records.map(({ sequence }) => sequence)),
        ).toEqual([[4, 3], [2, 1], [0]]);
        expect(third.next).toBeUndefined();
      });
    });

    describe('of events', () => {
      function eventOf(n: number, type: EventType, subject: string): EventRecord {
        const time = new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString();
        return { id: `event-${n}`, time, type, subject, body: { n } };
      }

      const FOUR = [
        eventOf(0, 'sweep.started', 'sweep-1'),
        { ...eventOf(1, 'repair.intended', 'repair-1'), actor: 'ada' },
        eventOf(2, 'sweep.finished', 'sweep-1'),
        eventOf(3, 'sweep.started', 'sweep-2'),
      ];
      beforeEach(async () => {
        await ledger.append(FOUR[0]!);
        await ledger.append(record(100));
        for (const each of FOUR.slice(1)) await ledger.append(each);
      });

      it.each<[string, Partial<EventFilter>, number[]]>([
        ['everything, newest first, decisions apart', {}, [4, 3, 2, 0]],
        ['a type', { type: 'sweep.started' }, [4, 0]],
        ['a family', { type: 'sweep' }, [4, 3, 0]],
        ['a word that is no family', { type: 'swee' }, []],
        ['a subject', { subject: 'sweep-1' }, [3, 0]],
        ['since a time', { since: '2026-01-01T00:00:02Z' }, [4, 3]],
        ['what was before', { before: 3 }, [2, 0]],
      ])('shows %s', async (_, filter, expected) => {
        const { events } = await ledger.events({ limit: 100, ...filter });
        expect(events.map(({ sequence }) => sequence)).toEqual(expected);
      });

      it('gives back an event as it was, and keeps it out of the decisions', async () => {
        const { events } = await ledger.events({ limit: 1, type: 'repair' });
        expect(events).toEqual([{ sequence: 2, ...FOUR[1] }]);
        expect(await ledger.get('event-1')).toBeUndefined();
        expect((await ledger.list({ limit: 10 })).records).toHaveLength(1);
      });

      it('comes in pages', async () => {
        const page = await ledger.events({ limit: 3 });
        expect(page.next).toBe(2);
        const rest = await ledger.events({ limit: 3, before: 2 });
        expect(rest.events.map(({ id }) => id)).toEqual(['event-0']);
        expect(rest.next).toBeUndefined();
      });
    });
  });
}
