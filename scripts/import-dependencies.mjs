// Imports every runtime dependency once: some install on a Node they then crash on.
import { readFileSync } from 'node:fs';
import process from 'node:process';

const { dependencies } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);
let failed = 0;
for (const name of Object.keys(dependencies)) {
  try {
    await import(name);
  } catch (error) {
    failed += 1;
    console.error(`${name} does not import on Node ${process.version}: ${String(error)}`);
  }
}
console.log(
  `${Object.keys(dependencies).length - failed} runtime dependencies import on Node ${process.version}`,
);
process.exitCode = failed === 0 ? 0 : 1;
