import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Command } from 'commander';

import type { ReportAsk } from '../../audit-report/ask.ts';
import { formatOf, REPORT_FORMATS } from '../../audit-report/registry.ts';
import { REPORT_KIND_IDS } from '../../audit-report/report.ts';
import type { ReportKind } from '../../audit-report/report.ts';
import { compact } from '../../kit/compact.ts';
import { printable } from '../../report/printable.ts';
import { parseTime } from '../audit/time.ts';
import { progressOn } from '../check/progress.ts';
import { CliError } from '../errors.ts';
import { deskOptions, examples } from '../fleet/desk.ts';
import type { DeskOptions } from '../fleet/desk.ts';
import type { Io } from '../io.ts';
import { oneOf } from '../options.ts';
import { writeAll } from '../write-all.ts';
import { unwritable } from '../write-file.ts';
import { withReports } from './desk.ts';
import type { ReportFile } from './desk.ts';

interface Options extends DeskOptions {
  readonly format: string;
  readonly since?: string;
  readonly until?: string;
  readonly account?: string;
  readonly team?: string;
  readonly rule?: string;
  readonly framework?: string;
  readonly file?: string;
}

/** `portcullis report KIND [ID]`: a report to a file or to the standard output. */
export function reportCommand(io: Io): Command {
  const command = new Command('report')
    .description('write a report that proves itself: portcullis audit verify checks it offline')
    .argument('<kind>', REPORT_KIND_IDS.join(', '))
    .argument('[decision]', 'of a certificate: the id of the decision')
    .option('--format <format>', REPORT_FORMATS.map(({ id }) => id).join(', '), 'json')
    .option('--since <time>', 'a date, a time, or how long ago; 30 days without a word', parseTime)
    .option('--until <time>', 'as --since; now without a word', parseTime)
    .option('--account <account>', 'account, subscription, project or cluster')
    .option('--team <team>', 'by the tag, or the label of a request, `team` or `owner`')
    .option('--rule <id>', 'of this rule')
    .option('--framework <name>', 'of rules that serve this framework')
    .option(
      '-o, --file <file>',
      'write to this file; its evidence goes beside it where the format has no place for it',
    );
  return examples(
    deskOptions(command),
    'report posture --format html -o posture.html',
    'report decisions --format csv --since 7d -o decisions.csv',
    'report certificate 01KAN4T8Q0M6CJ5R1D6X8Z2V7E --format markdown',
    'audit verify posture.html --key gate.key',
  ).action(async (kind: string, decision: string | undefined, options: Options) => {
    await write(io, oneOf(REPORT_KIND_IDS, kind, 'The kind'), decision, options);
  });
}

async function write(
  io: Io,
  kind: ReportKind,
  decision: string | undefined,
  options: Options,
): Promise<void> {
  requireFormat(kind, options);
  const { since, until, account, team, rule, framework } = options;
  const ask: ReportAsk = compact({ since, until, account, team, rule, framework, decision });
  const progress = progressOn(io);
  try {
    await withReports(io, options, async (open) => {
      const report = await open({ kind, format: options.format, ask, say: progress.say });
      if (options.file === undefined) await toOutput(io, report);
      else await toFile(io, options.file, report);
      progress.done();
      for (const cut of report.cuts())
        io.stderr.write(`NOT EVERYTHING IS IN IT: ${printable(cut)}\n`);
    });
  } finally {
    progress.done();
  }
}

function requireFormat(kind: ReportKind, { format, file }: Options): void {
  const found = formatOf(format, kind);
  if (found !== undefined && file === undefined && !isText(found.mediaType))
    throw new CliError('USAGE', `a report as ${format} is no text for a terminal`, {
      help: `Name a file: -o ${kind}.${found.extension}`,
    });
  if (found !== undefined) return;
  const fitting = REPORT_FORMATS.filter(({ kinds }) => kinds.includes(kind)).map(({ id }) => id);
  throw new CliError('USAGE', `there is no report of ${kind} as ${format}`, {
    help: `There are: ${fitting.join(', ')}.`,
  });
}

/** What is text says its charset. */
function isText(mediaType: string): boolean {
  return mediaType.includes('charset=');
}

/** Bytes are written as text where the output takes no other: only a format that is text fits there. */
async function toOutput(io: Io, { bytes, beside }: ReportFile): Promise<void> {
  const decoder = new TextDecoder();
  for await (const piece of bytes) {
    if (io.stdout.destroyed === true) return;
    await writeAll(io.stdout, decoder.decode(piece, { stream: true }));
  }
  await writeAll(io.stdout, decoder.decode());
  if (beside !== undefined)
    io.stderr.write('its evidence is a file of its own: -o FILE writes both\n');
}

/** Under another name until it is whole: what stands there under its own is a report. */
async function toFile(io: Io, name: string, { bytes, beside }: ReportFile): Promise<void> {
  const file = path.resolve(io.cwd, name);
  const part = `${file}.part`;
  try {
    await pipeline(
      Readable.from(bytes, { objectMode: false }),
      createWriteStream(part, { flags: 'w', mode: 0o600, flush: true }),
    );
    if (beside !== undefined)
      await writeFile(`${file}.evidence.json`, await beside(), { mode: 0o600 });
    else await rm(`${file}.evidence.json`, { force: true });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error instanceof Error && 'syscall' in error ? unwritable(name, error) : error;
  }
  io.stderr.write(
    `wrote ${name}${beside === undefined ? '' : ` and ${path.basename(file)}.evidence.json`}\n`,
  );
}
