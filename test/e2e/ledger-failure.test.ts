import path from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';

import { openSqliteLedger } from '../../src/ledger/sqlite/index.ts';
import { decision } from '../decisions.ts';
import { problem, useGate } from './client.ts';
import { plan } from './gate.ts';

const { gateway, place, served, ask, another } = useGate();

describe('a ledger that cannot be written', () => {
  it('means 503 in time, no answer with a decision, and the operator hears why', async () => {
    // Somebody else holds the database: to the gate that is a disk that does not take the record.
    const other = new Database(path.join(place().folder, 'data/ledger.db'));
    other.exec('BEGIN IMMEDIATE');
    const answer = await ask(plan({ owner: 'ada' }));
    expect([
      answer.status,
      answer.headers.get('x-decision'),
      answer.headers.get('retry-after'),
    ]).toEqual([503, null, '1']);
    expect((await problem(answer)).code).toBe('LEDGER_UNAVAILABLE');
    expect(served().lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'a request failed' }),
    );
    other.exec('ROLLBACK');
    other.close();
    expect((await ask(plan({ owner: 'ada' }))).status).toBe(200);
  });

  it('that is full refuses what it cannot hold, and every answer that was given is in it', async () => {
    const ledger = await openSqliteLedger({
      folder: path.join(place().folder, 'full'),
      deadlineMs: 20_000,
      queue: 100,
      maxPages: 60,
    });
    let count = 0;
    const full = await another(
      {},
      {
        ...gateway(),
        decide: async (request) => {
          const made = {
            ...(await gateway().decide(request)),
            reason: 'x'.repeat(5000),
            id: `full-${count++}`,
          };
          await ledger.append({
            id: made.id,
            time: made.time,
            type: 'decision',
            decision: decision(made),
          });
          return made;
        },
        find: ledger.get,
      },
    );
    const statuses: number[] = [];
    for (let n = 0; n < 40; n++) {
      const answer = await ask(plan({ owner: 'ada' }), { url: full.url });
      statuses.push(answer.status);
      if (answer.status !== 200) continue;
      const found = await fetch(`${full.url}/v1/decisions/full-${n}`);
      expect(await found.json()).toEqual(await answer.json());
    }
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    await ledger.close();
  });
});
