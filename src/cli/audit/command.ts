import { Command, Option } from 'commander';

import type { GoneRecord, LedgerReader, RecordFilter, RecordPage } from '../../ledger/ledger.ts';
import { POINTS } from '../../model/point.ts';
import type { Point } from '../../model/point.ts';
import { REPORTS } from '../../report/registry.ts';
import { VERSION } from '../../version.ts';
import { ledgerPlace } from '../../ledger/place.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { oneOf, wholeNumber } from '../options.ts';
import { table } from '../table.ts';
import { eraseCommand, rotateKeyCommand } from './acts.ts';
import { exportCommand } from './export.ts';
import { parseTime } from './time.ts';
import { verifyCommand } from './verify-command.ts';

interface ListOptions {
  readonly config?: string;
  readonly decision?: 'allow' | 'deny';
  readonly point?: Point;
  readonly rule?: string;
  readonly actor?: string;
  readonly since?: string;
  readonly until?: string;
  readonly before?: number;
  readonly limit: number;
  readonly output: 'text' | 'json';
}

/** `portcullis audit list|show|export|verify|rotate-key|erase`: what the ledger holds, also while a gate writes to it. */
export function auditCommand(io: Io): Command {
  return new Command('audit')
    .description('the recorded decisions')
    .addCommand(listCommand(io))
    .addCommand(showCommand(io))
    .addCommand(exportCommand(io))
    .addCommand(verifyCommand(io))
    .addCommand(rotateKeyCommand(io))
    .addCommand(eraseCommand(io));
}

function listCommand(io: Io): Command {
  return new Command('list')
    .description('list recorded decisions, the newest first')
    .addOption(new Option('--decision <which>', 'allow or deny').choices(['allow', 'deny']))
    .addOption(new Option('--point <point>', 'where it was asked').choices(POINTS))
    .option('--rule <id>', 'decisions in which this rule found something')
    .option('--actor <name>', 'who asked')
    .option('--since <time>', 'a date, a time, or how long ago: 2026-11-22, 24h, 7d', parseTime)
    .option('--until <time>', 'as --since', parseTime)
    .option(
      '--before <sequence>',
      'records before this one: the next page',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
    )
    .option('--limit <count>', 'how many', wholeNumber(1, 500), 20)
    .addOption(
      new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .option('-c, --config <file>', 'configuration file, which names the data folder')
    .addHelpText(
      'after',
      '\nExamples:\n  portcullis audit list --decision deny --since 24h\n  portcullis audit list --output json --limit 100',
    )
    .action(async (options: ListOptions) => {
      await withLedger(io, options.config, async (ledger) => {
        const page = await ledger.list(filterOf(options));
        io.stdout.write(
          options.output === 'json' ? `${JSON.stringify(page, null, 2)}\n` : listText(page, io),
        );
        if (options.output === 'text' && page.next !== undefined) {
          io.stderr.write(`there are more: --before ${page.next}\n`);
        }
      });
    });
}

function showCommand(io: Io): Command {
  return new Command('show')
    .description('show one recorded decision')
    .argument('<id>', 'the id of the decision')
    .option('-o, --output <format>', REPORTS.map(({ id }) => id).join(', '), 'text')
    .option('-c, --config <file>', 'configuration file, which names the data folder')
    .addHelpText(
      'after',
      '\nExample:\n  portcullis audit show 01KAN4T8Q0M6CJ5R1D6X8Z2V7E --output markdown',
    )
    .action(async (id: string, options: { config?: string; output: string }) => {
      const format = oneOf(
        REPORTS.map((report) => report.id),
        options.output,
        '--output',
      );
      await withLedger(io, options.config, async (ledger) => {
        const record = await ledger.get(id);
        if (record === undefined) throw noSuchRecord(id);
        const { decision } = record;
        if (decision === undefined) throw goneBody(record);
        const outcome = {
          checked: [{ name: decision.document.name ?? '-', decision }],
          ruleSource: () => undefined,
          version: VERSION,
        };
        const report = REPORTS.find((candidate) => candidate.id === format) ?? REPORTS[0];
        io.stdout.write(await report.render(outcome, { colour: io.colour, columns: io.columns }));
      });
    });
}

async function withLedger(
  io: Io,
  config: string | undefined,
  work: (ledger: LedgerReader) => Promise<void>,
): Promise<void> {
  const { openLedgerAccess } = await import('../../ledger/open.ts');
  const access = await openLedgerAccess(ledgerPlace(io.loadConfig(config)), () => new Date());
  try {
    await work(access.reader);
  } finally {
    await access.close();
  }
}

function filterOf({ config, output, ...filter }: ListOptions): RecordFilter {
  return filter;
}

function noSuchRecord(id: string): CliError {
  return new CliError('INPUT_UNREADABLE', `the ledger has no decision ${id}`, {
    help: 'portcullis audit list shows the ids.',
  });
}

function goneBody({ sequence, id, time }: GoneRecord): CliError {
  return new CliError('INPUT_UNREADABLE', `decision ${id} of ${time} is no longer kept`, {
    help: `It aged out, or was erased: GET /v1/events?type=ledger tells when and why. That it was made still stands in the ledger, as entry ${sequence}.`,
  });
}

function listText({ records: whole, gone = [] }: RecordPage, io: Io): string {
  const records = [...whole, ...gone].sort((a, b) => b.sequence - a.sequence);
  if (records.length === 0) return 'no decisions\n';
  const rows = records.map(({ sequence, id, time, decision }) => [
    String(sequence),
    time,
    decision?.decision ?? '-',
    decision?.point ?? '-',
    id,
    decision?.document.name ?? decision?.document.source ?? '-',
    decision?.reason ?? 'no longer kept: it aged out, or was erased',
  ]);
  return table(
    ['SEQUENCE', 'TIME', 'DECISION', 'POINT', 'ID', 'DOCUMENT', 'REASON'],
    rows,
    io.columns,
  );
}
