import { Command, InvalidArgumentError, Option } from 'commander';

import { csvHead, csvLine } from '../../fleet/csv.ts';
import type { FindingPageView, FindingQuery, FindingView } from '../../fleet/views.ts';
import { compact } from '../../kit/compact.ts';
import { SEVERITIES } from '../../model/point.ts';
import type { Severity } from '../../model/point.ts';
import { counted } from '../../report/counted.ts';
import { parseTime } from '../audit/time.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from '../options.ts';
import { table } from '../table.ts';
import { writeEach } from '../write-all.ts';
import { allFindings } from './all-findings.ts';
import { deskOptions, examples, withFleet } from './desk.ts';
import type { DeskOptions } from './desk.ts';
import { findingText } from './finding-text.ts';
import { outputOption, writeJson } from './sweep-command.ts';
import { count } from './sweep-text.ts';

interface Selecting {
  readonly state: 'open' | 'resolved' | 'all';
  readonly severity?: Severity;
  readonly rule?: string;
  readonly policy?: string;
  readonly kind?: string;
  readonly account?: string;
  readonly region?: string;
  readonly inventory?: string;
  readonly tag?: string;
  readonly address?: string;
  readonly since?: string;
}

/** `portcullis findings list|show|export|changes`. */
export function findingsCommand(io: Io): Command {
  return new Command('findings')
    .description('what sweeps found wrong, from first seen to resolved')
    .addCommand(listCommand(io))
    .addCommand(showCommand(io))
    .addCommand(exportCommand(io))
    .addCommand(changesCommand(io));
}

function selecting(command: Command): Command {
  return command
    .addOption(
      new Option('--state <state>', 'open, resolved or all')
        .choices(['open', 'resolved', 'all'])
        .default('open'),
    )
    .addOption(new Option('--severity <severity>', 'of this severity').choices(SEVERITIES))
    .option('--rule <glob>', 'of this rule, or of these: tagging.*')
    .option('--policy <glob>', 'of this policy')
    .option('--kind <glob>', 'of this kind, or of these: aws.s3.*')
    .option('--account <glob>', 'account, subscription, project or cluster')
    .option('--region <glob>', 'in this region')
    .option('--inventory <name>', 'of this inventory')
    .option(
      '--tag <key=value>',
      'with this tag, or with any value of it: owner=team-a, owner',
      parseTag,
    )
    .option('--address <glob>', 'of these resources')
    .option('--since <time>', 'changed since then: 2026-11-22, 24h, 7d', parseTime);
}

/** Without a key it would select nothing, and look like nothing being wrong. */
function parseTag(value: string): string {
  if (/^[^=]/.test(value)) return value;
  throw new InvalidArgumentError('It is a key, or key=value.');
}

function queryOf({ state, ...rest }: Selecting): FindingQuery {
  const { severity, rule, policy, kind, account, region, inventory, tag, address, since } = rest;
  const asked = { severity, rule, policy, kind, account, region, inventory, tag, address, since };
  return compact({ ...asked, state: state === 'all' ? undefined : state });
}

function listCommand(io: Io): Command {
  const command = new Command('list')
    .description('list findings, the worst first')
    .option('--limit <count>', 'how many', wholeNumber(1, 1000), 30)
    .option('--after <cursor>', 'the next page');
  return examples(
    outputOption(deskOptions(selecting(command))),
    'findings list --severity critical',
    'findings list --tag owner=team-a --output json',
    'findings list --state resolved --since 7d',
  ).action(
    async (
      options: Selecting & DeskOptions & { limit: number; after?: string; output: 'text' | 'json' },
    ) => {
      await withFleet(io, options, async (fleet) => {
        const page = await fleet.findings(queryOf(options), options.limit, options.after);
        if (options.output === 'json') writeJson(io, page);
        else io.stdout.write(pageText(page, io));
        if (options.output === 'text' && page.next !== undefined)
          io.stderr.write(`there are more: --after ${page.next}\n`);
      });
    },
  );
}

function pageText({ findings, totals }: FindingPageView, io: Io): string {
  if (findings.length === 0) return 'no findings\n';
  const rows = findings.map((finding) => [
    finding.severity,
    finding.exemption === undefined ? finding.state : `${finding.state}, exempt`,
    finding.firstSeen.slice(0, 10),
    finding.rule,
    finding.account,
    finding.address,
    finding.message,
  ]);
  const head = ['SEVERITY', 'STATE', 'SINCE', 'RULE', 'ACCOUNT', 'RESOURCE', 'MESSAGE'];
  return `${table(head, rows, io.columns)}${totals === undefined ? '' : totalsText(totals)}`;
}

function totalsText({ total, bySeverity }: NonNullable<FindingPageView['totals']>): string {
  const parts = [...SEVERITIES]
    .reverse()
    .map((severity) => `${count(bySeverity[severity])} ${severity}`);
  return `${counted(total, 'finding')}: ${parts.join(', ')}\n`;
}

function showCommand(io: Io): Command {
  const command = new Command('show')
    .description('everything that is known of one finding')
    .argument('<id>', 'its id');
  return examples(
    outputOption(deskOptions(command)),
    'findings show sha256:1fa61e58cbc4720275003f8d3658d2fd5c0007ced5d5f79899fe2e73c80d10cf',
  ).action(async (id: string, options: DeskOptions & { output: 'text' | 'json' }) => {
    await withFleet(io, options, async (fleet) => {
      const finding = await fleet.finding(id);
      if (options.output === 'json') writeJson(io, finding);
      else io.stdout.write(findingText(finding));
    });
  });
}

const LINES = {
  ndjson: { head: '', line: (finding: FindingView) => `${JSON.stringify(finding)}\n` },
  csv: { head: csvHead(), line: csvLine },
} as const;

function exportCommand(io: Io): Command {
  const command = new Command('export')
    .description('write all findings that are selected, a line each')
    .addOption(
      new Option('--format <format>', 'ndjson or csv').choices(['ndjson', 'csv']).default('ndjson'),
    );
  return examples(
    deskOptions(selecting(command)),
    'findings export --format csv > findings.csv',
  ).action(async (options: Selecting & DeskOptions & { format: 'ndjson' | 'csv' }) => {
    await withFleet(io, options, (fleet) =>
      writeEach(io.stdout, exportLines(allFindings(fleet, queryOf(options)), options.format)),
    );
  });
}

async function* exportLines(
  findings: AsyncIterable<FindingView>,
  format: keyof typeof LINES,
): AsyncGenerator<string> {
  const { head, line } = LINES[format];
  if (head !== '') yield head;
  for await (const finding of findings) yield line(finding);
}

function changesCommand(io: Io): Command {
  const command = new Command('changes')
    .description('what one sweep opened, resolved and reopened')
    .argument('<sweep>', 'the id of the sweep')
    .option('--limit <count>', 'how many', wholeNumber(1, 1000), 100)
    .option('--after <cursor>', 'the next page');
  return examples(
    outputOption(deskOptions(command)),
    'findings changes 01JDGZ8N3V5X7Q2K4M6P8R0T1W',
  ).action(
    async (
      id: string,
      options: DeskOptions & { limit: number; after?: string; output: 'text' | 'json' },
    ) => {
      await withFleet(io, options, async (fleet) => {
        const page = await fleet.changes(id, options.limit, options.after);
        if (options.output === 'json') {
          writeJson(io, page);
          return;
        }
        const rows = page.changes.map(({ change, because, rule, address, path }) => [
          change,
          because ?? '',
          rule,
          address,
          path,
        ]);
        io.stdout.write(
          rows.length === 0
            ? 'nothing changed\n'
            : table(['CHANGE', 'BECAUSE', 'RULE', 'RESOURCE', 'PATH'], rows, io.columns),
        );
        if (page.next !== undefined) io.stderr.write(`there are more: --after ${page.next}\n`);
      });
    },
  );
}
