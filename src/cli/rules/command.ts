import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';

import { parseExemptions } from '../../bindings/parse-exemptions.ts';
import { parseRules } from '../../bindings/parse-rules.ts';
import { readExemptionFiles, readRuleFiles } from '../../config/rule-files.ts';
import type { RuleSet } from '../../bindings/rule.ts';
import { documentLimits, loadPolicies } from '../../compose.ts';
import { normalise } from '../../normalise.ts';
import { POINTS } from '../../model/point.ts';
import type { Point } from '../../model/point.ts';
import type { Io } from '../io.ts';
import { configFor } from '../settings.ts';
import type { Overrides } from '../settings.ts';
import { counted } from '../../report/counted.ts';
import { table } from '../table.ts';
import { explain } from './explain.ts';

interface ListOptions extends Overrides {
  readonly output: 'text' | 'json';
}

interface ExplainOptions extends Overrides {
  readonly document: string;
  readonly point: Point;
}

/** `portcullis rules list|check|explain`. */
export function rulesCommand(io: Io): Command {
  return new Command('rules')
    .description('the rules in force: which policy looks at which resource, and what it leads to')
    .addCommand(listCommand(io))
    .addCommand(checkCommand(io))
    .addCommand(explainCommand(io));
}

function listCommand(io: Io): Command {
  return withFolders(new Command('list'))
    .description('list the rules')
    .addOption(
      new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', '\nExample:\n  portcullis rules list --output json')
    .action(async (options: ListOptions) => {
      const rules = await loadRules(io, options);
      io.stdout.write(
        options.output === 'json' ? `${JSON.stringify(rules, null, 2)}\n` : listText(rules, io),
      );
    });
}

function checkCommand(io: Io): Command {
  return withFolders(new Command('check'))
    .description('check the files of rules and exemptions without putting them in force')
    .addHelpText('after', '\nExample:\n  portcullis rules check --rules my-rules/')
    .action(async (options: Overrides) => {
      const { rules, digest } = await loadRules(io, options);
      const { folders } = configFor(io, options).exemptions;
      const exemptions = parseExemptions(readExemptionFiles(folders), rules);
      io.stdout.write(`${counted(rules.length, 'rule is', 'rules are')} right (${digest})\n`);
      if (folders.length > 0)
        io.stdout.write(`${counted(exemptions.length, 'exemption is', 'exemptions are')} right\n`);
    });
}

function explainCommand(io: Io): Command {
  return withFolders(new Command('explain'))
    .description('say which rules look at a resource of a document, which do not, and why')
    .argument('<address>', 'the address of the resource, as a verdict prints it')
    .requiredOption('-d, --document <file>', 'the document that holds the resource')
    .addOption(
      new Option('--point <point>', 'where the decision would be asked')
        .choices(POINTS)
        .default('pre-apply'),
    )
    .addHelpText(
      'after',
      '\nExample:\n  portcullis rules explain aws_s3_bucket.data --document plan.json',
    )
    .action(async (address: string, options: ExplainOptions) => {
      const config = configFor(io, options);
      const rules = await loadRules(io, options);
      const bytes = readFileSync(path.resolve(io.cwd, options.document));
      const { resources } = normalise(documentLimits(config), { bytes, name: options.document });
      io.stdout.write(explain({ address, resources, rules, point: options.point, cwd: io.cwd }));
    });
}

function withFolders(command: Command): Command {
  return command
    .option('--policies <folder>', 'policies in place of those of the configuration')
    .option('--rules <folder>', 'rules in place of those of the configuration')
    .option(
      '-c, --config <file>',
      'configuration file (default: portcullis.yaml, where there is one)',
    );
}

async function loadRules(io: Io, options: Overrides): Promise<RuleSet> {
  const config = configFor(io, options);
  const { policies } = await loadPolicies(config);
  return parseRules(readRuleFiles(config.rules.folders), policies);
}

function listText({ rules }: RuleSet, io: Io): string {
  const rows = rules.map(({ id, policy, enforce, file, line }) => [
    id,
    policy.id,
    policy.severity,
    enforce['pre-apply'],
    enforce.admission,
    enforce.sweep,
    `${path.relative(io.cwd, file)}:${line}`,
  ]);
  return table(
    ['RULE', 'POLICY', 'SEVERITY', 'PRE-APPLY', 'ADMISSION', 'SWEEP', 'WHERE'],
    rows,
    io.columns,
  );
}
