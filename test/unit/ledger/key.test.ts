import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ledgerSigner } from '../../../src/ledger/key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'portcullis-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the key of a ledger', () => {
  it('is made on first use for this user alone, in a folder that nobody made before, and is the same from then on', () => {
    const data = path.join(folder, 'not', 'yet');
    const first = ledgerSigner(data, 'example.com/log');
    const file = path.join(data, 'ledger.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, 'utf8').trim()).toBe(first.secret);
    expect(ledgerSigner(data, undefined).secret).toBe(first.secret);
    expect(first.verifier.name).toBe('example.com/log');
  });

  it.each([
    ['that others can read', (file: string) => chmodSync(file, 0o644), 'can be read by others'],
    ['that holds something else', (file: string) => writeFileSync(file, 'no key'), 'no signing'],
  ])('is refused in a file %s', (_, spoil, why) => {
    ledgerSigner(folder, undefined);
    spoil(path.join(folder, 'ledger.key'));
    expect(() => ledgerSigner(folder, undefined)).toThrow(
      expect.objectContaining({
        code: 'LEDGER_KEY',
        message: expect.stringContaining(why) as unknown,
      }),
    );
  });

  it('signs for one origin for ever', () => {
    ledgerSigner(folder, 'example.com/one');
    expect(() => ledgerSigner(folder, 'example.com/other')).toThrow(
      'signs for example.com/one, not for example.com/other',
    );
  });

  it('is not made where the configuration brings one, and a wrong one is not shown', () => {
    const { secret } = ledgerSigner(folder, 'example.com/log');
    expect(ledgerSigner(path.join(folder, 'other'), undefined, secret).secret).toBe(secret);
    expect(() => ledgerSigner(folder, undefined, 'PRIVATE+KEY+wrong')).toThrow(
      /^The setting ledger\.key holds no signing key\.$/,
    );
  });
});
