import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { eraseRecord, rotateKey } from '../../../src/ledger/acts.ts';
import type { DecisionRecord, EventType } from '../../../src/ledger/ledger.ts';
import { openLedger, openLedgerAccess } from '../../../src/ledger/open.ts';
import type { LedgerAccess, OpenLedger } from '../../../src/ledger/open.ts';
import { applyRetention } from '../../../src/ledger/retention.ts';
import { openSqliteLedger } from '../../../src/ledger/sqlite/index.ts';
import { settings } from '../../contract/ledger-log.ts';
import { decision } from '../../decisions.ts';

const NOW = new Date('2026-06-01T00:00:00.000Z');
const DAY = 24 * 60 * 60 * 1000;

let folder: string;
let opened: OpenLedger;
let access: LedgerAccess;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'portcullis-acts-'));
  opened = await openLedger({ ...settings(), folder });
  access = await openLedgerAccess({ folder }, () => NOW);
});
afterEach(async () => {
  await access.close();
  await opened.ledger.close();
  rmSync(folder, { recursive: true });
});

const act = (id: string) => ({
  actor: 'ada',
  reason: 'asked to',
  clock: () => NOW,
  newId: () => id,
});

function record(id: string, time: string, input: string, actor = 'bob'): DecisionRecord {
  const context = { actor };
  return { id, time, type: 'decision', decision: decision({ id, time, context }), input };
}

it('erases one body beside the gate, says who and why, and keeps the proof', async () => {
  const { ledger, log } = opened;
  await ledger.append(record('a', '2026-01-01T00:00:00.000Z', '["same"]'));
  await ledger.append(record('b', '2026-01-01T00:00:00.000Z', '["same"]'));
  const before = await log.prove([0]);
  await eraseRecord(access, 'a', [], act('erasure'));
  const gone = { sequence: 0, id: 'a', time: '2026-01-01T00:00:00.000Z', type: 'decision' };
  expect(await ledger.get('a')).toEqual(gone);
  expect(await ledger.list({ limit: 10 })).toMatchObject({ records: [{ id: 'b' }], gone: [gone] });
  expect(await ledger.input('a')).toBeUndefined();
  expect(await ledger.input('b')).toBeUndefined();
  expect((await ledger.events({ limit: 1 })).events).toMatchObject([
    { type: 'ledger.body-erased', subject: 'a', actor: 'ada', body: { reason: 'asked to' } },
  ]);
  expect((await log.prove([0])).leaves[0]?.leaf).toBe(before.leaves[0]?.leaf);
  await expect(eraseRecord(access, 'a', [], act('again'))).rejects.toMatchObject({
    code: 'LEDGER_CONFLICT',
  });
});

describe('an event', () => {
  const time = '2026-01-01T00:00:00.000Z';
  const event = (id: string, type: EventType, subject = 'bob') =>
    ({ id, time, type, subject, actor: 'eve', body: { note: 'of bob' } }) as const;

  it('is erased as a decision is, and its place in pages is kept', async () => {
    const { ledger, log } = opened;
    for (const id of ['a', 'b', 'c']) await ledger.append(event(id, 'inventory.pushed', id));
    const before = await log.prove([1]);
    await eraseRecord(access, 'b', [], act('erasure'));
    const gone = { sequence: 1, id: 'b', time, type: 'inventory.pushed' };
    expect(await ledger.events({ type: 'inventory', limit: 5 })).toMatchObject({
      events: [{ id: 'c' }, { id: 'a' }],
      gone: [gone],
    });
    const middle = await ledger.events({ type: 'inventory', before: 2, limit: 1 });
    expect(middle).toEqual({ events: [], gone: [gone], next: 1 });
    expect((await ledger.events({ subject: 'b', limit: 5 })).events).toMatchObject([
      {
        type: 'ledger.body-erased',
        actor: 'ada',
        body: { record: 'b', type: 'inventory.pushed', reason: 'asked to' },
      },
    ]);
    expect((await log.prove([1])).leaves[0]?.leaf).toBe(before.leaves[0]?.leaf);
  });

  it('that says the same as another is gone with that, unless the other one is held', async () => {
    const { ledger } = opened;
    for (const id of ['a', 'b']) await ledger.append(event(id, 'inventory.pushed'));
    await expect(eraseRecord(access, 'a', [{ id: 'b' }], act('no'))).rejects.toMatchObject({
      code: 'LEDGER_CONFLICT',
    });
    expect((await ledger.events({ limit: 5 })).events).toHaveLength(2);
    await eraseRecord(access, 'a', [], act('erasure'));
    const { events, gone } = await ledger.events({ limit: 5 });
    expect({ events, gone }).toMatchObject({
      events: [{ id: 'erasure' }],
      gone: [{ id: 'b' }, { id: 'a' }],
    });
  });

  it('that tells of the ledger itself stays, that of an erasure too', async () => {
    const { ledger } = opened;
    await ledger.append(event('a', 'inventory.pushed'));
    await eraseRecord(access, 'a', [], act('erasure'));
    await expect(eraseRecord(access, 'erasure', [], act('again'))).rejects.toThrow(
      'Record erasure (ledger.body-erased) cannot be erased.',
    );
  });
});

it('leaves nothing in the file of what was erased', async () => {
  const word = 'a-word-that-stands-nowhere-else';
  await opened.ledger.append(record('a', '2026-01-01T00:00:00.000Z', `["${word}"]`, word));
  await eraseRecord(access, 'a', [], act('erasure'));
  await access.close();
  await opened.ledger.close();
  for (const file of readdirSync(folder).filter((name) => name.startsWith('ledger.db')))
    expect(readFileSync(path.join(folder, file)).includes(word), file).toBe(false);
  opened = await openLedger({ ...settings(), folder });
  access = await openLedgerAccess({ folder }, () => NOW);
});

it.each([
  ['its id', { id: 'a' }],
  ['who asked', { subject: 'bob' }],
  ['its time', { since: '2025-12-31T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' }],
])('erases nothing that is held by %s', async (_, hold) => {
  await opened.ledger.append(record('a', '2026-01-01T00:00:00.000Z', '[]'));
  await expect(eraseRecord(access, 'a', [hold], act('erasure'))).rejects.toMatchObject({
    code: 'LEDGER_CONFLICT',
  });
  expect((await opened.ledger.get('a'))?.decision).toBeDefined();
});

it('takes a new key up while the gate runs, and publishes the old one', async () => {
  const { log, ledger } = opened;
  const [old] = await log.verifierKeys();
  const rotation = await rotateKey(access, { folder }, act('rotation'));
  expect(rotation.retired).toBe(old);
  expect(await log.verifierKeys()).toEqual([rotation.verifier, old]);
  expect(await log.sign()).toContain('\n1\n');
  expect((await ledger.events({ limit: 1 })).events).toMatchObject([
    { type: 'ledger.key-rotated', body: { verifier: rotation.verifier, retired: old } },
  ]);
});

it('ages bodies out by their rules, and leaves what a younger decision judged', async () => {
  const place = mkdtempSync(path.join(tmpdir(), 'portcullis-ages-'));
  const ledger = await openSqliteLedger({ folder: place, deadlineMs: 20_000, queue: 10 });
  await ledger.append(record('old', '2026-01-01T00:00:00.000Z', '["same"]'));
  await ledger.append(record('held', '2026-01-02T00:00:00.000Z', '["held"]', 'eve'));
  await ledger.append(record('young', '2026-05-31T00:00:00.000Z', '["same"]'));
  const retention = { decisions: 90 * DAY, holds: [{ subject: 'eve' }] };
  await applyRetention(ledger, retention, { clock: () => NOW, newId: () => 'aged' });
  expect((await ledger.get('old'))?.decision).toBeUndefined();
  expect(await ledger.input('old')).toBeUndefined();
  expect((await ledger.get('held'))?.decision).toBeDefined();
  expect(await ledger.input('young')).toBe('["same"]');
  expect((await ledger.events({ limit: 5 })).events).toMatchObject([
    { type: 'ledger.bodies-aged', body: { what: 'decisions', dropped: 1 } },
  ]);
  await ledger.close();
  rmSync(place, { recursive: true });
});
