import { Argument, Command, Option } from 'commander';

import { compact } from '../../kit/compact.ts';
import type { Config } from '../../config/schema.ts';
import type { LedgerReader } from '../../ledger/ledger.ts';
import { ledgerPlace } from '../../ledger/place.ts';
import { POINTS } from '../../model/point.ts';
import type { Point } from '../../model/point.ts';
import { parseTime } from '../audit/time.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from '../options.ts';
import { configFor } from '../settings.ts';
import type { Overrides } from '../settings.ts';
import { FAIL_ON_IMPACT, impactExitCode } from './exit.ts';
import type { FailOnImpact } from './exit.ts';
import { replayStored, replayText } from './identical.ts';
import { impactHere } from './impact.ts';
import { IMPACT_FORMATS, impactOutputs, writeImpact } from './output.ts';
import type { ImpactOutput } from './output.ts';
import { impactAt } from './remote.ts';

interface ReplayOptions extends Overrides {
  readonly since?: string;
  readonly until?: string;
  readonly point?: Point;
  readonly limit?: number;
  readonly team?: readonly string[];
  readonly failOn: FailOnImpact;
  readonly output?: readonly ImpactOutput[];
  readonly server?: string;
}

/** A day of a busy gate; more is asked for by number. */
const MOST_HERE = 10_000;
const TEAM_TAGS = ['owner', 'team'];

const HELP = `
What decisions judged is there only where the gate keeps it: ledger.inputs: redacted.

Exit codes:
  0  no decision would be denied that was allowed; of one decision: it is identical
  1  some would, or what --fail-on names; of one decision: it is not
  2  nothing could be replayed, the candidate is wrong, or something is missing
  3  wrong usage

Examples:
  portcullis replay --policies policies --rules rules --since 7d
  portcullis replay --rules rules --output markdown=impact.md --output html=impact.html
  portcullis replay --policies policies --server https://gate.example.com
  portcullis replay 01KAN4T8Q0M6CJ5R1D6X8Z2V7E`;

/** `portcullis replay`: recorded decisions made again, by a candidate or by what made them. */
export function replayCommand(io: Io): Command {
  return new Command('replay')
    .description('see whom other policies or rules would have stopped; or make one decision again')
    .addArgument(new Argument('[id]', 'a decision: is its replay identical?'))
    .option('--policies <folder>', 'the policies to try; those in force where only rules are given')
    .option('--rules <folder>', 'the rules to try; those in force where only policies are given')
    .option('--since <time>', 'decisions since: 2026-11-22, 24h, 7d', parseTime)
    .option('--until <time>', 'decisions before', parseTime)
    .addOption(new Option('--point <point>', 'decisions of one point').choices(POINTS))
    .option(
      '--limit <count>',
      `the newest so many (default: ${MOST_HERE}, of a gate 1000)`,
      wholeNumber(1, 10_000_000),
    )
    .option(
      '--team <tag>',
      `the tag that names a team; may be given again (default: ${TEAM_TAGS.join(', ')})`,
      (tag: string, before: readonly string[] | undefined) => [...(before ?? []), tag],
    )
    .addOption(
      new Option('--fail-on <what>', 'what makes it fail')
        .choices(FAIL_ON_IMPACT)
        .default('deny' satisfies FailOnImpact),
    )
    .addOption(
      new Option(
        '-o, --output <format[=file]>',
        `how to write it: ${IMPACT_FORMATS.join(', ')}; may be given again`,
      ).argParser(impactOutputs),
    )
    .option('--server <url>', 'ask a running gate; its token comes from PORTCULLIS_TOKEN')
    .option('-c, --config <file>', 'configuration file, which names the data folder')
    .addHelpText('after', HELP)
    .action(async (id: string | undefined, options: ReplayOptions) => {
      if (id === undefined) await replayMany(io, options);
      else await replayOne(io, id, options);
    });
}

async function replayMany(io: Io, options: ReplayOptions): Promise<void> {
  const { policies, rules, config, server, since, until, point, limit } = options;
  if (policies === undefined && rules === undefined) {
    throw new CliError('USAGE', 'there is nothing to replay by', {
      help: 'Name a folder of policies (--policies) or of rules (--rules), or one decision.',
    });
  }
  const query = { ...compact({ since, until, point }), teamTags: options.team ?? TEAM_TAGS };
  const overrides = compact({ policies, rules, config });
  const impact =
    server === undefined
      ? await impactHere(io, overrides, { ...query, limit: limit ?? MOST_HERE }, withLedger)
      : await impactAt(io, server, overrides, { ...query, ...compact({ limit }) });
  writeImpact(io, impact, options.output);
  if (impact.decisions.replayed === 0)
    io.stderr.write('no decision could be replayed: this says nothing about the candidate\n');
  io.setExitCode(impactExitCode(impact, options.failOn));
}

async function replayOne(io: Io, id: string, options: ReplayOptions): Promise<void> {
  if (options.server !== undefined)
    throw new CliError('USAGE', 'one decision is replayed where its ledger is, not by --server');
  const formats = (options.output ?? [{ format: 'text', file: undefined }]).map(
    ({ format }) => format,
  );
  if (!formats.every((format) => format === 'text' || format === 'json'))
    throw new CliError('USAGE', 'one decision is written as text or json');
  const config = configFor(io, options);
  const answer = await withLedger(config, async (ledger) => {
    const record = await ledger.get(id);
    if (record?.decision !== undefined) return await replayStored(config, ledger, record);
    if (record !== undefined)
      throw new CliError('INPUT_UNREADABLE', `what decision ${id} said is no longer kept`, {
        help: 'It aged out, or was erased: there is nothing to compare with.',
      });
    throw new CliError('INPUT_UNREADABLE', `the ledger has no decision ${id}`, {
      help: 'portcullis audit list shows the ids.',
    });
  });
  for (const format of formats)
    io.stdout.write(
      format === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : replayText(answer),
    );
  io.setExitCode(EXIT[answer.result]);
}

const EXIT = { identical: 0, different: 1, missing: 2 } as const;

async function withLedger<T>(
  config: Config,
  work: (ledger: LedgerReader) => Promise<T>,
): Promise<T> {
  const { openLedgerAccess } = await import('../../ledger/open.ts');
  const access = await openLedgerAccess(ledgerPlace(config), () => new Date());
  try {
    return await work(access.reader);
  } finally {
    await access.close();
  }
}
