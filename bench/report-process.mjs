// One process that writes one report of decisions that are made up as they are read, and prints what it took as JSON. No store and no
// ledger: what is seen is whether formats hold on to what they have written.
//   node bench/report-process.mjs FORMAT DECISIONS
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { decisionsReport } from '../dist/audit-report/kinds/decisions.js';
import { formatOf } from '../dist/audit-report/registry.js';
import { peakMiB } from './process.mjs';

const [id, count] = process.argv.slice(2);
const size = Number(count);
const NOW = new Date('2026-11-26T00:00:00Z');

// Made once: what is measured is writing them down.
const DECISIONS = Array.from({ length: 315 }, (_, index) => decisionOf(index));
const format = formatOf(id, 'decisions');
const [began, cpu] = [performance.now(), process.cpuUsage()];
let rows = 0;
const report = await decisionsReport({}, { decisions, policies: () => [], clock: () => NOW });
const tables = report.tables.map((table) => ({ ...table, rows: () => counted(table.rows()) }));
const bytes = format.write({ ...report, tables }, () => undefined);
const output = createWriteStream('/dev/null');
await pipeline(Readable.from(bytes, { objectMode: false }), output);
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    ...{ format: id, decisions: size, rows, bytes: output.bytesWritten },
    wallMs: performance.now() - began,
    cpuMs: (user + system) / 1000,
    peakMiB: peakMiB(process.pid),
  }),
);

async function* counted(all) {
  for await (const row of all) {
    rows += 1;
    yield row;
  }
}

function decisionOf(index) {
  const denied = index % 3 === 0;
  const violation = {
    ...{ rule: `rule-${index % 104}`, policy: 'PC-TAG-001', severity: 'high' },
    ...{ enforcement: 'deny', address: `aws_s3_bucket.b[${index}]`, kind: 'aws.s3.bucket' },
    ...{ path: 'tags.owner', message: 'The tag owner is missing.', fix: 'Add it.', link: '' },
  };
  const none = { warnings: [], recorded: [], exempt: [], unknown: [], failed: [] };
  const digested = { digest: `sha256:${'0'.repeat(64)}`, count: 104 };
  return {
    ...{ decision: denied ? 'deny' : 'allow', point: 'pre-apply', dryRun: false, ...none },
    violations: denied ? [violation] : [],
    reason: denied ? 'Denied: 1 violation.' : 'Allowed.',
    context: { actor: `ci-${index % 7}`, labels: { team: `team-${index % 5}` } },
    document: { source: 'terraform-plan', name: 'plan.json', resources: 12, ...digested },
    policies: digested,
    rules: digested,
  };
}

/** A page of the ledger, the newest first. */
async function decisions({ before = size, limit }) {
  const records = Array.from({ length: Math.min(limit, before) }, (_, at) =>
    record(before - 1 - at),
  );
  const last = records.at(-1)?.sequence ?? 0;
  return { records, ...(last > 0 ? { next: last } : {}) };
}

function record(sequence) {
  const time = new Date(NOW.getTime() - (size - sequence) * 2000).toISOString();
  const decision = DECISIONS[sequence % DECISIONS.length];
  return { sequence, id: `D${sequence}`, time, type: 'decision', decision };
}
