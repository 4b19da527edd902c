import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { LogError } from '../../../../src/ledger/errors.ts';
import type { Exported } from '../../../../src/ledger/export/export.ts';
import { startExporting } from '../../../../src/ledger/export/schedule.ts';
import type { ExportOutcome, Trouble } from '../../../../src/ledger/export/schedule.ts';
import { openLedger } from '../../../../src/ledger/open.ts';
import { folderLog, parseKeys, verifyLog } from '../../../../src/verify/index.ts';
import { event, settings } from '../../../contract/ledger-log.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DONE: Exported = { checkpoint: { origin: 'o', size: 7, root: Buffer.alloc(32) } };

describe('the schedule of exports', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function scheduled(run: (signal: AbortSignal) => Promise<Exported>) {
    const told: ExportOutcome[] = [];
    const recorded: Trouble[] = [];
    const schedule = startExporting({
      everyMs: HOUR,
      run,
      told: (outcome) => told.push(outcome),
      record: (trouble) => Promise.resolve(void recorded.push(trouble)),
      clock: () => new Date(),
    });
    return { told, recorded, schedule };
  }

  it('exports at once, and from then on every time', async () => {
    const run = vi.fn(() => Promise.resolve(DONE));
    const { told, recorded, schedule } = scheduled(run);
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    await schedule.stop();
    await vi.advanceTimersByTimeAsync(5 * HOUR);
    expect(run).toHaveBeenCalledTimes(3);
    expect(told).toMatchObject(Array(3).fill({ result: 'done', records: 7 }));
    expect(recorded).toEqual([]);
  });

  it('tries again soon after a failure; the first one is recorded, and that it is over', async () => {
    vi.setSystemTime('2026-11-26T08:00:00.000Z');
    let fail = true;
    const run = vi.fn(async () => {
      await Promise.resolve();
      if (fail) throw new LogError('LEDGER_EXPORT', 'no room', { help: 'Make some.' });
      return DONE;
    });
    const { told, recorded, schedule } = scheduled(run);
    await vi.advanceTimersByTimeAsync(25 * MINUTE);
    expect(run).toHaveBeenCalledTimes(3);
    expect(told[0]).toEqual({ result: 'failed', message: 'no room Make some.' });
    expect(recorded).toEqual([{ type: 'ledger.export-failed', message: 'no room Make some.' }]);
    fail = false;
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(recorded.slice(1)).toEqual([
      { type: 'ledger.export-resumed', since: '2026-11-26T08:00:00.000Z', failures: 3 },
    ]);
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    expect(run).toHaveBeenCalledTimes(4);
    await schedule.stop();
  });

  it('says which turns passed while one was under way', async () => {
    let end: (done: Exported) => void = () => undefined;
    const run = vi.fn(() => new Promise<Exported>((resolve) => (end = resolve)));
    const { told, schedule } = scheduled(run);
    await vi.advanceTimersByTimeAsync(2.5 * HOUR);
    end(DONE);
    await vi.advanceTimersByTimeAsync(0.4 * HOUR);
    expect(run).toHaveBeenCalledTimes(1);
    expect(told).toMatchObject([{ result: 'done' }, { result: 'missed', times: 2 }]);
    await vi.advanceTimersByTimeAsync(0.2 * HOUR);
    expect(run).toHaveBeenCalledTimes(2);
    end(DONE);
    await schedule.stop();
  });

  it('is stopped in the midst of one, which is no failure', async () => {
    const run = (signal: AbortSignal) =>
      new Promise<Exported>((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    const { told, recorded, schedule } = scheduled(run);
    await schedule.stop();
    expect({ told, recorded }).toEqual({ told: [], recorded: [] });
  });
});

describe('a ledger that is exported while it is open', () => {
  let place: string;
  beforeEach(() => void (place = mkdtempSync(path.join(tmpdir(), 'portcullis-exporting-'))));
  afterEach(() => rmSync(place, { recursive: true }));

  it('is verified from there; a place that cannot be written to holds nothing up, and is on record', async () => {
    const to = path.join(place, 'evidence');
    writeFileSync(to, 'no folder');
    const told: ExportOutcome[] = [];
    const folder = path.join(place, 'data');
    mkdirSync(folder);
    const { ledger, log } = await openLedger({
      ...settings(),
      folder,
      exporting: { to, every: 20, told: (outcome) => told.push(outcome) },
    });
    try {
      await vi.waitFor(() => expect(told.length).toBeGreaterThan(1), 20_000);
      await ledger.append(event('meanwhile'));
      const failures = await ledger.events({ type: 'ledger.export-failed', limit: 5 });
      expect(failures.events).toMatchObject([{ subject: to, body: { to } }]);
      rmSync(to);
      const resumed = async () =>
        (await ledger.events({ type: 'ledger.export-resumed', limit: 5 })).events;
      await vi.waitFor(async () => expect(await resumed()).toHaveLength(1), 20_000);
      const all = await ledger.size();
      await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ records: all }), 20_000);
      const keys = parseKeys((await log.verifierKeys()).join('\n'), 'keys');
      expect(await verifyLog({ source: folderLog(to), keys })).toMatchObject({
        findings: [],
        checkpoint: { size: all },
      });
    } finally {
      await ledger.close();
    }
  }, 60_000);
});
