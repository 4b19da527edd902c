import { describe, expect, it } from 'vitest';

import { appendQueue } from '../../../src/ledger/append-queue.ts';
import type { AppendQueue, WriteBatch } from '../../../src/ledger/append-queue.ts';
import { toEntry } from '../../../src/ledger/entry.ts';

let ids = 0;
function entry() {
  const time = '2026-01-01T00:00:00.000Z';
  return toEntry({ id: `e${++ids}`, time, type: 'sweep.started', subject: 's', body: {} });
}

/** A store that takes a while, and the sizes of the transactions that it was given. */
function slowStore(): { queue: AppendQueue; batches: number[] } {
  const batches: number[] = [];
  let size = 0;
  const write: WriteBatch = async (entries) => {
    batches.push(entries.length);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return entries.map(() => ({ sequence: size++ }));
  };
  return { queue: appendQueue(write, { deadlineMs: 20_000, limit: 1000, help: '' }), batches };
}

async function appendAgainAndAgain(queue: AppendQueue, times: number): Promise<void> {
  for (let n = 0; n < times; n++) await queue.append(entry());
}

describe('what waits for a transaction', () => {
  it('goes together: callers that come back at once do not part into halves', async () => {
    const { queue, batches } = slowStore();
    await Promise.all(Array.from({ length: 8 }, () => appendAgainAndAgain(queue, 6)));
    // The first one found nobody else; from then on all eight are there.
    expect(batches).toEqual([1, 8, 8, 8, 8, 8, 7]);
    await queue.close();
  });

  it('does not wait for callers that do not come back', async () => {
    const { queue, batches } = slowStore();
    await Promise.all(Array.from({ length: 8 }, () => queue.append(entry())));
    expect(await queue.append(entry())).toBe(8);
    expect(batches).toEqual([1, 7, 1]);
    await queue.close();
  });

  it('is written before the queue is closed', async () => {
    const { queue, batches } = slowStore();
    await Promise.all(Array.from({ length: 8 }, () => queue.append(entry())));
    const last = queue.append(entry());
    await queue.close();
    expect(await last).toBe(8);
    expect(batches).toEqual([1, 7, 1]);
  });
});
