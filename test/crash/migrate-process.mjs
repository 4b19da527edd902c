// The process that migrate.mjs kills: opens a ledger of an older shape, which brings it up to date.
//   node migrate-process.mjs '{"folder": "…", "url": "postgresql://… or nothing"}'
import process from 'node:process';

const { folder, url } = JSON.parse(process.argv[2]);
const { openLedger } = await import(new URL('../../dist/ledger/open.js', import.meta.url).href);

process.stdout.write('opening\n');
const { ledger } = await openLedger({
  folder,
  url,
  deadlineMs: 60_000,
  queue: 100,
  retention: { holds: [] },
  clock: () => new Date(),
  newId: (time) => `own-${time.getTime()}`,
  warn: () => undefined,
});
process.stdout.write('opened\n');
await ledger.close();
