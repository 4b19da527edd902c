import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openStore } from '../../../src/store/index.ts';
import { fakeOutside } from '../clouds/outside.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'portcullis-fleet-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => path.join(folder, 'fleet.db');
const open = () => openStore({ folder, outside: fakeOutside() });

describe('a file that is no fleet store', () => {
  it('is refused when it is no database, and left as it is', async () => {
    writeFileSync(file(), 'nothing of the kind, '.repeat(100));
    await expect(open()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('is refused when it is a database of somebody else', async () => {
    const theirs = new Database(file());
    theirs.exec('CREATE TABLE theirs (x)');
    theirs.close();
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining('not a fleet store') as unknown,
    });
    const again = new Database(file());
    expect(again.prepare('SELECT name FROM sqlite_schema').all()).toHaveLength(1);
    again.close();
  });

  it('is refused when a newer version has been there', async () => {
    await (await open()).close();
    const newer = new Database(file());
    newer.exec(`INSERT INTO portcullis_migration VALUES ('sweep/of-tomorrow')`);
    newer.close();
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining('sweep/of-tomorrow') as unknown,
    });
  });
});

describe('a lock that another process holds', () => {
  it('is waited for without holding up this process', async () => {
    const store = await open();
    const other = new Database(file());
    other.exec('BEGIN IMMEDIATE');
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5);
    setTimeout(() => other.exec('COMMIT'), 300);
    await store.leases.acquire(['aws'], 'patient', 1_000);
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(3);
    other.close();
    await store.close();
  });
});

describe('a transaction of thousands of statements', () => {
  it('lets others in between two of them, and whoever writes after its end', async () => {
    const store = await open();
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    const scopes = Array.from({ length: 3000 }, (_, n) => `scope-${n}`);
    const large = store.leases.acquire(scopes, 'first', 1_000_000);
    const small = store.leases.acquire(['scope-0'], 'second', 1_000_000);
    expect(await large).toMatchObject({ owner: 'first' });
    clearInterval(turning);
    expect(turns).toBeGreaterThan(1);
    expect(await small).toMatchObject({ heldBy: 'first' });
    await store.close();
  });
});

describe('an address of PostgreSQL', () => {
  it.each(['mysql://root:hunter2@db/fleet', 'not an address: hunter2'])(
    'that is none is refused without showing the password: %s',
    async (url) => {
      const refused = openStore({ folder, url, outside: fakeOutside() });
      await expect(refused).rejects.toMatchObject({ code: 'STORE_SETTINGS' });
      await expect(refused).rejects.not.toHaveProperty('cause');
      await expect(refused).rejects.not.toThrow(/hunter2/);
    },
  );

  it('where nobody listens is unavailable, and says which', async () => {
    const url = 'postgresql://portcullis:hunter2@127.0.0.1:1/fleet';
    const refused = openStore({ folder, url, outside: fakeOutside() });
    await expect(refused).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('ECONNREFUSED') as unknown,
    });
    await expect(refused).rejects.not.toThrow(/hunter2/);
  });
});
