import { Command, InvalidArgumentError, Option } from 'commander';

import type { ExemptionDesk } from '../../exemption/desk.ts';
import { ExemptionAsk, VIEW_STATES } from '../../exemption/views.ts';
import type { ExemptionView } from '../../exemption/views.ts';
import { UNUSED_DAYS } from '../../exemption/review.ts';
import { compact } from '../../kit/compact.ts';
import { POINTS } from '../../model/point.ts';
import { CliError } from '../errors.ts';
import { deskOptions, examples, several, withFleet } from '../fleet/desk.ts';
import type { DeskOptions } from '../fleet/desk.ts';
import { outputOption, writeJson } from '../fleet/sweep-command.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from '../options.ts';
import { exemptionText, listText, reviewText } from './text.ts';

interface Options extends DeskOptions {
  readonly output: 'text' | 'json';
}

/** `portcullis exempt request|approve|reject|list|show|revoke`. */
export function exemptCommand(io: Io): Command {
  const command = new Command('exempt')
    .description('violations that somebody bears for a while: asked for, approved, ending')
    .addHelpText(
      'after',
      `
An exemption bears nothing until somebody else than who asked approves it; two different people, when one of its rules is protected. Those of files are changed in their files.

Examples:
  portcullis exempt request --rule tagging.owner --address aws_sqs_queue.jobs --reason 'It moves.' --owner ada --until 2027-01-31T18:00:00Z
  portcullis exempt approve EX-2026-014 --actor grace
  portcullis exempt list --review`,
    );
  const made = [
    requestCommand(io),
    onOne(io, 'approve', 'approve what somebody else asked for', (desk, id, actor) =>
      desk.approve(id, actor),
    ),
    withReason(io, 'reject', 'say no, or take back what one asked for', (desk, ...asked) =>
      desk.reject(...asked),
    ),
    listCommand(io),
    onOne(io, 'show', 'show one, with its history', (desk, id) => desk.find(id)),
    withReason(io, 'revoke', 'end one that was approved', (desk, ...asked) =>
      desk.revoke(...asked),
    ),
  ];
  return made.reduce((all, one) => all.addCommand(one), command);
}

type Selecting = 'kind' | 'provider' | 'address' | 'account' | 'region' | 'namespace';
interface RequestOptions
  extends Options, Partial<Record<Selecting | 'rule' | 'policy' | 'point', string[]>> {
  readonly id?: string;
  readonly tag: Readonly<Record<string, string[]>>;
  readonly reason: string;
  readonly ticket?: string;
  readonly owner: string;
  readonly from?: string;
  readonly until: string;
}

function requestCommand(io: Io): Command {
  const command = new Command('request')
    .description('ask for an exemption')
    .option('--id <id>', 'its id; without a word, one is made of what is asked')
    .option('--rule <globs>', 'for these rules', several)
    .option('--policy <ids>', 'for the rules of these policies', several)
    .option('--address <globs>', 'these resources', several)
    .option('--kind <globs>', 'kinds of resources', several)
    .option('--provider <globs>', 'providers', several)
    .option('--account <globs>', 'accounts, subscriptions, projects', several)
    .option('--region <globs>', 'regions', several)
    .option('--namespace <globs>', 'namespaces', several)
    .addOption(
      new Option('--tag <key=glob>', 'resources with this tag; may be given again')
        .argParser(tag)
        .default({}, 'nothing'),
    )
    .option(
      '--point <points>',
      `where it counts: ${POINTS.join(', ')} (default: everywhere)`,
      several,
    )
    .requiredOption('--reason <text>', 'why it must be borne')
    .requiredOption('--owner <name>', 'who mends it before the end')
    .option('--ticket <id>', 'where more is said')
    .option('--from <time>', 'when it begins (default: when it is approved)')
    .requiredOption('--until <time>', 'the first moment at which it counts no more');
  return examples(
    outputOption(deskOptions(command)),
    "exempt request --rule tagging.owner --account 111122223333 --reason 'It moves.' --owner ada --until 2027-01-31T18:00:00Z",
    "exempt request --id EX-7 --policy PC-TAG-001 --tag stage=legacy --point sweep --reason 'It ends.' --owner ada --until 2027-01-31T18:00:00Z --server http://127.0.0.1:8181",
  ).action(async (options: RequestOptions) => {
    const ask = askOf(options);
    await withDesk(io, options, async (desk, actor) => {
      print(io, await desk.request(ask, actor), options);
    });
  });
}

/** @throws CliError USAGE */
function askOf(options: RequestOptions): ExemptionAsk {
  const { id, rule: rules, policy: policies, point: points, reason, ticket, owner } = options;
  const { from, until, tag: tags } = options;
  const match = compact({
    kinds: options.kind,
    providers: options.provider,
    addresses: options.address,
    accounts: options.account,
    regions: options.region,
    namespaces: options.namespace,
    tags: Object.keys(tags).length === 0 ? undefined : tags,
  });
  const parsed = ExemptionAsk.safeParse(
    compact({
      ...{ id, rules, policies, points, reason, ticket, owner, from, until },
      match: Object.keys(match).length === 0 ? undefined : match,
    }),
  );
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new CliError('USAGE', `The request makes no sense: ${said.join('; ')}`);
}

function tag(
  value: string,
  before: Readonly<Record<string, string[]>>,
): Readonly<Record<string, string[]>> {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is written key=glob.');
  const key = value.slice(0, at);
  return { ...before, [key]: [...(before[key] ?? []), value.slice(at + 1)] };
}

function listCommand(io: Io): Command {
  const command = new Command('list')
    .description('all of them: those of files and stored ones')
    .addOption(new Option('--state <state>', 'those in this state').choices(VIEW_STATES))
    .option('--rule <id>', 'those for this rule')
    .option('--limit <count>', 'how many stored ones', wholeNumber(1, 1000), 200)
    .option('--review', 'those to look at: expired, about to expire, unused, too broad')
    .option('--unused-days <days>', 'days without a use', wholeNumber(1, 3650), UNUSED_DAYS);
  return examples(
    outputOption(deskOptions(command)),
    'exempt list --state active',
    'exempt list --review --unused-days 90',
  ).action(
    async (
      options: Options & {
        readonly state?: ExemptionView['state'];
        readonly rule?: string;
        readonly limit: number;
        readonly review?: true;
        readonly unusedDays: number;
      },
    ) => {
      await withDesk(io, options, async (desk) => {
        const { state, rule, limit, output } = options;
        if (options.review === true) {
          const review = await desk.review(options.unusedDays);
          if (output === 'json') writeJson(io, review);
          else io.stdout.write(reviewText(review));
          return;
        }
        const list = await desk.list({ limit, ...compact({ state, rule }) });
        if (output === 'json') writeJson(io, list);
        else io.stdout.write(listText(list.exemptions, io.columns));
      });
    },
  );
}

function onOne(
  io: Io,
  name: string,
  description: string,
  ask: (desk: ExemptionDesk, id: string, actor: string) => Promise<ExemptionView>,
): Command {
  const command = new Command(name).description(description).argument('<exemption>', 'its id');
  return examples(outputOption(deskOptions(command)), `exempt ${name} EX-2026-014`).action(
    async (id: string, options: Options) => {
      await withDesk(io, options, async (desk, actor) => {
        print(io, await ask(desk, id, actor), options);
      });
    },
  );
}

function withReason(
  io: Io,
  name: string,
  description: string,
  ask: (desk: ExemptionDesk, id: string, reason: string, actor: string) => Promise<ExemptionView>,
): Command {
  const command = new Command(name)
    .description(description)
    .argument('<exemption>', 'its id')
    .requiredOption('--reason <text>', 'why; kept with it');
  return examples(
    outputOption(deskOptions(command)),
    `exempt ${name} EX-2026-014 --reason 'The queue is gone.'`,
  ).action(async (id: string, options: Options & { readonly reason: string }) => {
    await withDesk(io, options, async (desk, actor) => {
      print(io, await ask(desk, id, options.reason, actor), options);
    });
  });
}

async function withDesk(
  io: Io,
  options: DeskOptions,
  work: (desk: ExemptionDesk, actor: string) => Promise<void>,
): Promise<void> {
  await withFleet(io, options, async ({ exemptions }, actor) => {
    await work(exemptions, actor);
  });
}

function print(io: Io, view: ExemptionView, { output }: Options): void {
  if (output === 'json') writeJson(io, view);
  else io.stdout.write(exemptionText(view));
}
