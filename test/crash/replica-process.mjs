// One of the writers that replicas.mjs starts: appends so many records, and tells the place of each.
//   node replica-process.mjs '{"folder": "…", "url": "postgresql://…", "key": "…", "name": "a", "count": 1000}'
import process from 'node:process';

const { folder, url, key, name, count } = JSON.parse(process.argv[2]);
const dist = new URL('../../dist/', import.meta.url);
const { openLedger } = await import(new URL('ledger/open.js', dist).href);

const WAITING = 64;

let ids = 0;
const { ledger } = await openLedger({
  folder,
  url,
  key,
  deadlineMs: 60_000,
  queue: 1000,
  retention: { holds: [] },
  clock: () => new Date(),
  newId: () => `${name}-own-${++ids}`,
  warn: () => undefined,
});
let next = 0;
const places = [];
const writer = async () => {
  for (let n = next++; n < count; n = next++) {
    const id = `${name}-${n}`;
    const time = new Date().toISOString();
    const body = { n, text: 'x'.repeat(400) };
    const { sequence } = await ledger.append({
      id,
      time,
      type: 'sweep.started',
      subject: name,
      body,
    });
    places.push([id, sequence]);
  }
};
await Promise.all(Array.from({ length: WAITING }, writer));
await ledger.close();
process.stdout.write(JSON.stringify(places));
