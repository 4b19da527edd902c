// The floor under every gate that reads JSON: CPU of one JSON.parse of a document, in a process that does nothing else.
//   node bench/floor.mjs FILE SECONDS    prints milliseconds
import { readFileSync } from 'node:fs';

const [file = '', seconds = '2'] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
for (let i = 0; i < 3; i++) JSON.parse(text);
const until = performance.now() + Number(seconds) * 1000;
const begin = process.cpuUsage();
let count = 0;
do {
  JSON.parse(text);
  count += 1;
} while (performance.now() < until);
const { user, system } = process.cpuUsage(begin);
console.log((user + system) / 1000 / count);
