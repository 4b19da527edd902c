import { Argument, Command, Option } from 'commander';

import { POINTS } from '../../model/point.ts';
import type { Point } from '../../model/point.ts';
import { exitCode, FAIL_ON } from '../../report/exit-code.ts';
import type { FailOn } from '../../report/exit-code.ts';
import { REPORTS } from '../../report/registry.ts';
import type { Outcome } from '../../report/report.ts';
import { SOURCES } from '../../sources/registry.ts';
import { VERSION } from '../../version.ts';
import type { Config } from '../../config/schema.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { keyValue, oneOf } from '../options.ts';
import { configFor } from '../settings.ts';
import type { Overrides } from '../settings.ts';
import { writeOutputFile } from '../write-file.ts';
import { check } from './check.ts';
import type { Judge } from './judge.ts';
import { outputs } from './outputs.ts';
import type { Output } from './outputs.ts';
import { progressOn } from './progress.ts';

interface CheckOptions extends Overrides {
  readonly point: Point;
  readonly output: readonly Output[] | undefined;
  readonly failOn: readonly FailOn[];
  readonly source?: string;
  readonly server?: string;
  readonly record?: true;
  readonly actor?: string;
  readonly run: Readonly<Record<string, string>>;
  readonly chdir?: string;
  readonly override?: string;
}

const EXAMPLES = `
Exit codes:
  0  allowed
  1  denied, or something named by --fail-on was found
  2  something could not be judged: bad input, a policy that broke
  3  wrong usage

Examples:
  terraform plan -out tfplan && terraform show -json tfplan | portcullis check -
  portcullis check tfplan                          the binary plan; needs terraform or tofu on the path
  portcullis check plan.json --output sarif=report.sarif --output text
  portcullis check manifests/ --point admission --fail-on warn
  portcullis check plan.json --server http://127.0.0.1:8181
  portcullis check plan.json --override 'The shop is down, INC-7' --record --actor ada`;

/** `portcullis check`: documents in, verdicts and an exit code out. */
export function checkCommand(io: Io): Command {
  return new Command('check')
    .description('judge plans, manifests and admission reviews')
    .addArgument(new Argument('<document...>', 'files, folders, or - for standard input'))
    .addOption(
      new Option('--point <point>', 'where the decision is asked')
        .choices(POINTS)
        .default('pre-apply'),
    )
    .addOption(
      new Option(
        '-o, --output <format[=file]>',
        `how to write the outcome: ${REPORTS.map(({ id }) => id).join(', ')}; may be given again`,
      ).argParser(outputs),
    )
    .addOption(
      new Option(
        '--fail-on <what>',
        'what makes the check fail besides a denial: deny, warn, unknown; may be given again',
      )
        .argParser((value: string, before: readonly FailOn[]) => [
          ...before,
          oneOf(FAIL_ON, value, '--fail-on'),
        ])
        .default([], 'deny'),
    )
    .addOption(
      new Option('--source <id>', 'what the document is, when it is not recognised').choices(
        SOURCES.map(({ id }) => id),
      ),
    )
    .option('--policies <folder>', 'policies in place of those of the configuration')
    .option('--rules <folder>', 'rules in place of those of the configuration')
    .option(
      '-c, --config <file>',
      'configuration file (default: portcullis.yaml, where there is one)',
    )
    .option('--server <url>', 'ask a running gate instead; its token comes from PORTCULLIS_TOKEN')
    .option('--record', 'keep the decision in the ledger of the data folder')
    .option('--actor <name>', 'who asks; kept with the decision')
    .addOption(
      new Option('--run <key=value>', 'about the run that asks, say its number; may be given again')
        .argParser(keyValue)
        .default({}, 'nothing'),
    )
    .option('--chdir <folder>', 'the Terraform working folder of a binary plan')
    .option(
      '--override <reason>',
      'let denials by overridable rules pass, this once; recorded with who asks',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (documents: readonly string[], options: CheckOptions) => {
      await run(io, documents, options);
    });
}

async function run(io: Io, documents: readonly string[], options: CheckOptions): Promise<void> {
  requireRecord(options);
  const config = configFor(io, options);
  const progress = progressOn(io);
  progress.say('loading policies …');
  const judge = await judgeFor(io, config, options);
  try {
    const checked = await check(documents, {
      io,
      judge,
      progress,
      point: options.point,
      source: options.source,
      context: {
        ...(options.actor === undefined ? {} : { actor: options.actor }),
        run: { ...options.run },
      },
      bytes: config.server.limits.document,
      override: options.override,
      chdir: options.chdir,
    });
    progress.done();
    const outcome: Outcome = { checked, ruleSource: judge.ruleSource, version: VERSION };
    for (const output of options.output ?? [{ report: REPORTS[0] }]) {
      await write(io, outcome, output);
    }
    io.setExitCode(exitCode(outcome, options.failOn));
  } finally {
    progress.done();
    await judge.close();
  }
}

/** An override that nobody can be asked about is none. @throws CliError USAGE */
function requireRecord({ override, server, record, actor }: CheckOptions): void {
  if (override === undefined || server !== undefined) return;
  if (record === true && actor !== undefined) return;
  throw new CliError('USAGE', '--override is recorded, with who asks', {
    help: 'Add --record and --actor NAME; or --server URL, where the token says who it is.',
  });
}

/** Loaded when it is needed: asking a gate takes no engine. */
async function judgeFor(io: Io, config: Config, { server, record }: CheckOptions): Promise<Judge> {
  if (server !== undefined) {
    const { serverJudge } = await import('./server-judge.ts');
    return serverJudge(server, io.token);
  }
  const warn = (message: string, facts: Readonly<Record<string, unknown>>): void => {
    io.stderr.write(`${message} ${JSON.stringify(facts)}\n`);
  };
  const { localJudge } = await import('./local-judge.ts');
  const { cwd, underWay } = io;
  return await localJudge(config, { record: record === true, cwd, warn, underWay });
}

async function write(io: Io, outcome: Outcome, { report, file }: Output): Promise<void> {
  const toFile = file !== undefined;
  const text = await report.render(outcome, { colour: io.colour && !toFile, columns: io.columns });
  if (toFile) writeOutputFile(io, file, text);
  else io.stdout.write(text);
}
