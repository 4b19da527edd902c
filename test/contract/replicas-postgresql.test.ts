import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compose } from '../../src/compose.ts';
import type { Gateway } from '../../src/gateway.ts';
import { newSigner } from '../../src/ledger/key.ts';
import { configOf, makePlace, plan } from '../e2e/gate.ts';
import type { Place } from '../e2e/gate.ts';
import { findPostgres, startPostgres } from '../postgres.mjs';
import type { Postgres } from '../postgres.mjs';

const bin = findPostgres();

describe.skipIf(bin === undefined)('two gates on one PostgreSQL', () => {
  let postgres: Postgres;
  const places: Place[] = [];
  const gates: Gateway[] = [];
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
    const shared = {
      PORTCULLIS_STORE__URL: await postgres.database(),
      PORTCULLIS_LEDGER__KEY: newSigner('gates.test').secret,
      // A limit for what hangs: machines that test are busy.
      PORTCULLIS_LEDGER__DEADLINE: '20s',
    };
    for (let n = 0; n < 2; n++) {
      const place = makePlace();
      places.push(place);
      gates.push(await compose(configOf(place, shared), { record: true }));
    }
  });
  afterAll(async () => {
    for (const gate of gates) await gate.close();
    for (const place of places) place.dispose();
    await postgres.stop();
  });

  const asked = (document: string, idempotencyKey: string) => ({
    bytes: Buffer.from(document),
    point: 'pre-apply' as const,
    context: { labels: {} },
    idempotencyKey,
  });
  const recorded = async () =>
    (await gates[0]?.list({ limit: 500 }))?.records.map(({ id }) => id) ?? [];

  it('that are asked under one key at once give one answer, and record it once', async () => {
    const before = (await recorded()).length;
    const keys = Array.from({ length: 20 }, (_, n) => `key-${n}`);
    const answers = await Promise.all(
      keys.map((key) =>
        Promise.all(gates.map((gate) => gate.decide(asked(plan({ owner: 'ada' }), key)))),
      ),
    );
    for (const [one, other] of answers) expect(one).toEqual(other);
    const ids = new Set(answers.flat().map(({ id }) => id));
    expect(ids.size).toBe(keys.length);
    expect((await recorded()).length).toBe(before + keys.length);
    expect(await recorded()).toEqual(expect.arrayContaining([...ids]));
  });

  it('that are asked about two documents under one key answer one of them, and tell the other', async () => {
    for (let n = 0; n < 10; n++) {
      const outcomes = await Promise.allSettled(
        gates.map((gate, at) => gate.decide(asked(plan({ owner: `person-${at}` }), `two-${n}`))),
      );
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    }
  });
});
