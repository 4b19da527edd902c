import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import Database from 'libsql';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Gateway } from '../../src/gateway.ts';
import { openLedger, openLedgerAccess } from '../../src/ledger/open.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/index.ts';
import { settings } from '../contract/ledger-log.ts';
import { decision } from '../decisions.ts';
import { fillLedger } from '../evidence.ts';
import { ROOT, run } from './cli.ts';
import { makePlace, openGateway, serve } from './gate.ts';
import type { Place, Served } from './gate.ts';
import { answersOf, blocksOf, commandsOf, normalise, scriptOf } from './transcript.ts';

/** The commands of docs/ledger.md, one after the other, beside a gate that runs: an operator's and an auditor's. */
const PAGE = readFileSync(path.join(ROOT, 'docs/ledger.md'), 'utf8');
const ERASED = '01KAN4T8Q0M6CJ5R1D6X8Z2V7E';
const TIME = '2026-11-26T08:00:00.000Z';

let place: Place;
let gateway: Gateway;
let served: Served;
const at = (name: string) => path.join(place.folder, name);

beforeAll(async () => {
  place = makePlace();
  await fillLedger(at('data'), 0, 300);
  const { ledger, log } = await openLedger({ ...settings(), folder: at('data') });
  writeFileSync(at('checkpoint-of-last-year'), await log.checkpoint());
  await ledger.close();
  await fillLedger(at('data'), 300, 600);
  const filled = await openSqliteLedger({ folder: at('data'), deadlineMs: 20_000, queue: 10 });
  const last = decision({ id: ERASED, time: TIME });
  await filled.append({ id: ERASED, time: TIME, type: 'decision', decision: last });
  await filled.close();
  gateway = await openGateway(place);
  served = await serve(place, gateway);
  const key = (await gateway.log!.verifierKeys())[0]!;
  writeFileSync(at('gate.key'), `${key}\n`);
  backup();
}, 120_000);
afterAll(async () => {
  await served.stop();
  await gateway.close();
  place.dispose();
});

/** As the page says: by SQLite's own means, while the gate runs. */
function backup(): void {
  mkdirSync(at('backup'));
  const database = new Database(at('data/ledger.db'));
  database.exec(`VACUUM INTO '${at('backup/ledger.db')}'`);
  database.close();
  writeFileSync(at('backup/ledger.key'), readFileSync(at('data/ledger.key')), { mode: 0o600 });
}

/** Roots and keys differ from run to run; what else a command says does not. */
function told(text: string): string {
  return normalise(text.replaceAll(place.folder, '/srv/audit'))
    .replaceAll(/\b[0-9a-f]{8}(\+[A-Za-z0-9+/]{44})?(?=\s|$)/gm, 'KEY')
    .replaceAll(/(?<=root +)[A-Za-z0-9+/]{43}=/g, 'ROOT');
}

it('commands of ledger.md print what it says', async () => {
  const commands = blocksOf(PAGE, 'console').flatMap(commandsOf);
  expect(commands.length).toBeGreaterThan(10);
  const bin = path.join(ROOT, 'dist/bin.js');
  const lines = commands.map(({ line }) =>
    line
      .replaceAll('https://gate.example.com', served.url)
      // Whoever rotates tells auditors the new key: here, as a file of both.
      .replace('--key both.keys', '--key <(cat evidence/verifier-key)'),
  );
  const script = `portcullis() { '${process.execPath}' '${bin}' "$@"; }\n${scriptOf(lines)}`;
  const { stdout } = await run('bash', ['-c', script], {
    cwd: place.folder,
    env: { PORTCULLIS_DATA: at('data') },
  });
  const answers = answersOf(stdout);
  for (const [index, { line, shown }] of commands.entries())
    expect({ line, answer: told(answers[index] ?? '') }).toEqual({
      line,
      answer: told(shown.join('\n')),
    });
  const access = await openLedgerAccess({ folder: at('data') }, () => new Date());
  const { events } = await access.reader.events({ type: 'ledger', limit: 5 });
  await access.close();
  expect(events.map(({ type, actor }) => ({ type, actor }))).toEqual([
    { type: 'ledger.body-erased', actor: 'ada' },
    { type: 'ledger.key-rotated', actor: 'ada' },
  ]);
}, 300_000);
