import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { REPORT_FORMATS } from '../../../src/audit-report/registry.ts';
import { createReports } from '../../../src/audit-report/reports.ts';
import { parseKeys } from '../../../src/verify/index.ts';
import { verifyReport } from '../../../src/verify/evidence/verify-report.ts';
import { decision, violation } from '../../decisions.ts';
import { KEY, memoryLedger, STRANGER } from './ledger.ts';
import type { MemoryLedger } from './ledger.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

function ledgerOf(count: number): MemoryLedger {
  const ledger = memoryLedger();
  for (let at = 0; at < count; at += 1) {
    const id = `D${String(at).padStart(4, '0')}`;
    const time = `2026-11-2${at % 6}T08:00:00.000Z`;
    const violations = at % 2 === 0 ? [] : [violation('tagging.owner')];
    const made = decision({ id, time, violations, decision: at % 2 === 0 ? 'allow' : 'deny' });
    ledger.append({ id, time, type: 'decision', decision: made });
  }
  return ledger;
}

/** Writes a report of some decisions, with its evidence beside it where it is no part of it. */
async function issued(format: string, ledger = ledgerOf(5)): Promise<string> {
  const reports = createReports(ledger.parts());
  const wanted = { kind: 'decisions', format, ask: {}, actor: 'ada' } as const;
  const report = await reports.open(wanted);
  const parts: Uint8Array[] = [];
  for await (const part of report.bytes) parts.push(part);
  const file = path.join(folder, `${report.id}-${format}`);
  writeFileSync(file, Buffer.concat(parts));
  rmSync(`${file}.evidence.json`, { force: true });
  if (report.format.evidence === 'beside')
    writeFileSync(`${file}.evidence.json`, await reports.evidence(report.id));
  return file;
}

const trusted = parseKeys(KEY, 'test');
const FORMATS = REPORT_FORMATS.filter(({ kinds }) => kinds.includes('decisions')).map(
  ({ id }) => id,
);

describe.each(FORMATS)('the evidence of a report as %s', (format) => {
  it('is accepted with the key, and every record that it quotes is proved', async () => {
    const verified = verifyReport({ file: await issued(format), keys: trusted });
    expect(verified.findings).toEqual([]);
    expect(verified).toMatchObject({ keyGiven: true, unproven: 0 });
    // Formats that tell of violations alone quote the two decisions that have some.
    expect([2, 5]).toContain(verified.quoted);
  });

  it('is not believed by its own key alone', async () => {
    const verified = verifyReport({ file: await issued(format), keys: [] });
    expect(verified).toMatchObject({ findings: [], keyGiven: false });
  });

  it('is refused under another key of the same name', async () => {
    const file = await issued(format);
    const { findings } = verifyReport({ file, keys: parseKeys(STRANGER, 'test') });
    expect(findings.map(({ kind }) => kind)).toEqual(['signature']);
  });

  it('finds one changed bit anywhere in the report', async () => {
    const file = await issued(format);
    const whole = readFileSync(file);
    // Every place of a small report would take too long in each format: a prime is no multiple of any row's length.
    for (let at = 0; at < whole.length; at += 211) {
      const changed = Buffer.from(whole);
      changed[at] = changed[at]! ^ 1;
      writeFileSync(file, changed);
      let found: unknown;
      try {
        found = verifyReport({ file, keys: trusted }).findings.length;
      } catch {
        found = 'refused';
      }
      expect(found, `byte ${at}`).not.toBe(0);
    }
  });

  it('finds a report that was cut or went on', async () => {
    const file = await issued(format);
    const whole = readFileSync(file);
    writeFileSync(file, Buffer.concat([whole, Buffer.from('\n')]));
    expect(verifyReport({ file, keys: trusted }).findings).not.toEqual([]);
    writeFileSync(file, Buffer.concat([Buffer.from('\n'), whole]));
    expect(verifyReport({ file, keys: trusted }).findings).not.toEqual([]);
  });
});

describe('evidence that tells a reader what nobody signed', () => {
  async function changed(
    from: RegExp,
    to: string,
  ): Promise<readonly (readonly [string, string])[]> {
    const file = await issued('csv');
    const beside = `${file}.evidence.json`;
    const whole = readFileSync(beside, 'utf8');
    const other = whole.replace(from, to);
    expect(other).not.toBe(whole);
    writeFileSync(beside, other);
    const { findings } = verifyReport({ file, keys: trusted });
    return findings.map(({ kind, message }) => [kind, message]);
  }

  it('by a member that stands twice, of which readers see one or the other', async () => {
    const first = '{"report":{"id":"another","kind":"posture","format":"csv","digest":"none"},';
    expect(await changed(/^\{/, first)).toEqual([
      ['malformed', 'the evidence: a member stands twice in it'],
    ]);
  });

  it('by the key of somebody else in the place of the one that signed', async () => {
    const keys = `"verifierKeys":["${STRANGER}"]`;
    expect(await changed(/"verifierKeys":\[[^\]]*\]/, keys)).toEqual([
      ['changed-evidence', 'the evidence names other verifier keys than the one that signed'],
    ]);
  });

  it.each([
    ['none', '"verifierKeys":[]', 'the evidence: its list of keys holds no verifier key'],
    ['no key', '"verifierKeys":["gate"]', 'the evidence: its list of keys is no Ed25519 verifier'],
  ])('by a list of keys that holds %s', async (_, keys, message) => {
    const [[kind, said] = []] = await changed(/"verifierKeys":\[[^\]]*\]/, keys);
    expect(kind).toBe('malformed');
    expect(said).toContain(message);
  });
});

describe('a report that lies about a record', () => {
  it('is found by the record, although its own digest is right', async () => {
    const ledger = ledgerOf(4);
    const parts = ledger.parts();
    const { decisions } = parts.readers;
    const lying: typeof decisions = async (filter) => {
      const page = await decisions(filter);
      const records = page.records.map((record) => ({
        ...record,
        decision: { ...record.decision, decision: 'allow' as const },
      }));
      return { ...page, records };
    };
    const reports = createReports({ ...parts, readers: { ...parts.readers, decisions: lying } });
    const wanted = { kind: 'decisions', format: 'json', ask: {}, actor: 'ada' } as const;
    const pieces: Uint8Array[] = [];
    for await (const piece of (await reports.open(wanted)).bytes) pieces.push(piece);
    const file = path.join(folder, 'lie.json');
    writeFileSync(file, Buffer.concat(pieces));
    const { findings } = verifyReport({ file, keys: trusted });
    expect(findings).toEqual([
      { kind: 'changed-row', index: 3, message: 'the row says another decision than the record' },
      { kind: 'changed-row', index: 1, message: 'the row says another decision than the record' },
    ]);
  });
});
