import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';

import type { Io } from '../io.ts';
import { junit } from './junit.ts';
import { passed, testText } from './test-report.ts';
import { runTests } from './test-run.ts';
import { openWorkspace, selectFolders, withPolicyOptions } from './workspace.ts';
import type { PolicyOptions } from './workspace.ts';

interface TestOptions extends PolicyOptions {
  readonly junit?: string;
  readonly coverage?: true;
}

/** `portcullis policy test`: the Rego tests and the examples. */
export function testCommand(io: Io): Command {
  return withPolicyOptions(new Command('test'))
    .description('run the Rego tests and the examples of policies')
    .argument('[filter]', 'only policies with this in their id or folder: PC-TAG, tagging/required')
    .option('--coverage', 'print the coverage of every file, with the lines that no test reached')
    .option('--junit <file>', 'write JUnit XML for a CI system')
    .addHelpText(
      'after',
      '\nExamples:\n  portcullis policy test\n  portcullis policy test tagging --coverage\n  portcullis policy test --junit results.xml',
    )
    .action(async (filter: string | undefined, options: TestOptions) => {
      const workspace = openWorkspace(io, options);
      const set = await workspace.load();
      const ids = new Map(set.policies.map(({ folder, id }) => [folder, id]));
      const chosen = selectFolders(workspace.folders, filter, ids);
      const run = await runTests(workspace, set, chosen);
      io.stdout.write(testText(run, { coverage: options.coverage === true }));
      if (options.junit !== undefined) writeJunit(path.resolve(io.cwd, options.junit), junit(run));
      io.setExitCode(passed(run) ? 0 : 1);
    });
}

function writeJunit(file: string, xml: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, xml);
}
