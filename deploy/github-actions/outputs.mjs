// Reads what `portcullis check` wrote and prints the outputs of the action: outputs.mjs REPORTS-FOLDER EXIT-CODE
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [folder = '', code = ''] = process.argv.slice(2);
const sarif = path.join(folder, 'portcullis.sarif');
const { decision, violations } = summarise(read(path.join(folder, 'decision.json')));

console.log(`decision=${decision}`);
console.log(`violations=${violations}`);
if (existsSync(sarif)) console.log(`report=${sarif}`);

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** One document gives its decision, several a list with those that could not be judged beside it. */
function summarise(report) {
  const decisions = report?.decisions ?? (report?.decision === undefined ? [] : [report]);
  const violations = decisions.reduce((count, each) => count + each.violations.length, 0);
  // 2: something could not be judged; whatever else was decided is no answer then.
  if (!['0', '1'].includes(code) || decisions.length === 0)
    return { decision: 'error', violations };
  const denied = decisions.some((each) => each.decision === 'deny');
  return { decision: denied ? 'deny' : 'allow', violations };
}
