import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { openLedger } from '../../src/ledger/open.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/index.ts';
import { settings } from '../contract/ledger-log.ts';
import { fillLedger } from '../evidence.ts';
import { portcullis } from './cli.ts';
import type { Ran } from './cli.ts';

/** What an operator does to a ledger once in a while, by the built command line; and what an auditor then sees. */
let place: string;
beforeAll(() => void (place = mkdtempSync(path.join(tmpdir(), 'portcullis-acts-'))));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const at = (name: string) => path.join(place, name);

async function audit(data: string, args: string[], env: Record<string, string> = {}): Promise<Ran> {
  return await portcullis(['audit', ...args], {
    cwd: place,
    env: { PORTCULLIS_DATA: at(data), ...env },
  });
}

async function done(data: string, args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await audit(data, args, env);
  expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
  return stdout;
}

/** A ledger as a gate leaves it: with a key that is known to it, and a signed head. */
async function filled(data: string, from: number, to: number): Promise<void> {
  await fillLedger(at(data), from, to);
  const { ledger } = await openLedger({ ...settings(), folder: at(data) });
  await ledger.close();
}

const Rotation = z.object({
  verifier: z.string(),
  retired: z.string(),
  secret: z.string().optional(),
});

const why = ['--reason', 'yearly', '--actor', 'ada'];

async function rotated(data: string, env: Record<string, string> = {}) {
  const told = await done(data, ['rotate-key', ...why, '-o', 'json'], env);
  return Rotation.parse(JSON.parse(told));
}

describe('audit rotate-key', () => {
  it('has another key sign, and leaves what the old one signed good for whoever kept that', async () => {
    await filled('data', 0, 300);
    await done('data', ['export', 'log']);
    cpSync(at('log/checkpoint'), at('kept'));
    const { verifier, retired, secret } = await rotated('data');
    expect(secret).toBeUndefined();
    expect(readFileSync(at('log/verifier-key'), 'utf8')).toBe(`${retired}\n`);
    await filled('data', 300, 310);
    await done('data', ['export', 'log']);
    expect(readFileSync(at('log/verifier-key'), 'utf8')).toBe(`${verifier}\n${retired}\n`);
    const by = (...keys: string[]) => keys.flatMap((key) => ['--key', key]);
    const both = await done('data', ['verify', 'log', ...by(verifier, retired), '--since', 'kept']);
    expect(both).toContain('verified: 311 entries');
    expect(both).toContain('begins with the 300 entries');
    // Whoever has the old key alone is told so, and is not told that all is well.
    const old = await audit('data', ['verify', 'log', ...by(retired)]);
    expect(old).toMatchObject({ code: 1, stderr: '' });
    expect(old.stdout).toContain('signature  checkpoint');
    const since = await audit('data', ['verify', 'log', ...by(verifier), '--since', 'kept']);
    expect(since.code).toBe(1);
    expect(since.stdout).toContain('signature  kept');
  }, 120_000);

  it('prints the new secret where the key is a setting, and the old one signs no more', async () => {
    await filled('set', 0, 3);
    await done('set', ['export', 'set-log']);
    const old = readFileSync(at('set/ledger.key'), 'utf8').trim();
    rmSync(at('set/ledger.key'));
    const { secret = '', verifier } = await rotated('set', { PORTCULLIS_LEDGER__KEY: old });
    const refused = await audit('set', ['export', 'set-log'], { PORTCULLIS_LEDGER__KEY: old });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('by now another one does');
    expect(refused.stderr).not.toContain(old);
    await done('set', ['export', 'set-log'], { PORTCULLIS_LEDGER__KEY: secret });
    const verified = await done('set', ['verify', 'set-log', '--key', verifier]);
    expect(verified).toContain('verified: 4 entries');
  }, 120_000);

  it('is the way out when the key is lost', async () => {
    await filled('lost', 0, 3);
    await done('lost', ['export', 'lost-log']);
    rmSync(at('lost/ledger.key'));
    const refused = await audit('lost', ['export', 'lost-log']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('audit rotate-key');
    const { verifier } = await rotated('lost');
    await done('lost', ['export', 'lost-log']);
    expect(await done('lost', ['verify', 'lost-log', '--key', verifier])).toContain('4 entries');
  }, 120_000);
});

describe('audit erase', () => {
  beforeAll(async () => {
    await filled('erase', 0, 20);
    await done('erase', ['export', 'erase-log']);
    cpSync(at('erase-log/checkpoint'), at('erase-kept'));
  }, 60_000);

  it.each([
    ['a decision', 'record-3'],
    ['an event', 'record-9'],
  ])('drops what %s says, says who and why, and leaves every proof', async (_, id) => {
    const told = await done('erase', ['erase', id, '--reason', 'request 4711', '--actor', 'ada']);
    expect(told).toBe(`erased: the body of record ${id}; its entry in the log stays\n`);
    await done('erase', ['export', 'erase-log']);
    const key = 'erase-log/verifier-key';
    const verified = await done('erase', [
      'verify',
      'erase-log',
      '--key',
      key,
      '--since',
      'erase-kept',
    ]);
    expect(verified).toContain('begins with the 20 entries');
    const again = await audit('erase', ['erase', id, ...why]);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain(`There is no record ${id} with a body.`);
    const ledger = await openSqliteLedger({ folder: at('erase'), deadlineMs: 20_000, queue: 10 });
    const { events } = await ledger.events({ type: 'ledger.body-erased', subject: id, limit: 5 });
    await ledger.close();
    expect(events).toMatchObject([{ actor: 'ada', body: { reason: 'request 4711' } }]);
  });

  it('is told of by show and list', async () => {
    const shown = await audit('erase', ['show', 'record-3']);
    expect(shown.code).toBe(2);
    expect(shown.stderr).toContain('no longer kept');
    expect(await done('erase', ['list'])).toMatch(/record-3 .*no longer kept/);
  });

  it('drops nothing that is held, and needs a reason', async () => {
    writeFileSync(
      at('held.yaml'),
      'ledger: {retention: {holds: [{id: record-5, reason: case 12}, {subject: sweep-19, reason: case 13}]}}\n',
    );
    for (const id of ['record-5', 'record-19']) {
      const { code, stderr } = await audit('erase', ['erase', id, ...why, '-c', 'held.yaml']);
      expect(code).toBe(2);
      expect(stderr).toContain(`Record ${id} is under a legal hold.`);
    }
    expect((await audit('erase', ['erase', 'record-5'])).code).toBe(3);
    await done('erase', ['show', 'record-5']);
  });
});

describe('a ledger from before there was a tree', () => {
  /** As the tables were then: what came later is taken away. */
  function aged(data: string): void {
    const database = new Database(at(`${data}/ledger.db`));
    database.exec(`
      DROP INDEX IF EXISTS record_kept; DROP INDEX IF EXISTS record_kept_input; DROP INDEX IF EXISTS record_body;
      ALTER TABLE record DROP COLUMN body_gone;
      DROP TABLE tile; DROP TABLE checkpoint; DROP TABLE verifier;
      DELETE FROM migration WHERE version > 3;`);
    database.close();
  }

  it('gets one over all its records when it is next opened by a gate, and is verified', async () => {
    await fillLedger(at('old'), 0, 5000);
    aged('old');
    const before = await audit('old', ['export', 'old-log']);
    expect(before.code).toBe(2);
    expect(before.stderr).toContain('Start the gate once');
    await filled('old', 5000, 5001);
    await done('old', ['export', 'old-log']);
    const verified = await done('old', ['verify', 'old-log', '--key', 'old-log/verifier-key']);
    expect(verified).toContain('verified: 5001 entries');
    // The export recomputes from the records; that the stored tree is theirs, the next head tells.
    const proof = new Database(at('old/ledger.db'), { readonly: true });
    const stored = proof.prepare('SELECT count(*) AS tiles FROM tile WHERE level = 0').get();
    proof.close();
    expect(stored).toMatchObject({ tiles: 20 });
  }, 120_000);
});
