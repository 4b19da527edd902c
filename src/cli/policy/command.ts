import { Command } from 'commander';

import type { Io } from '../io.ts';
import { buildCommand } from './build.ts';
import { checkCommand } from './check.ts';
import { docsCommand } from './docs.ts';
import { fmtCommand } from './fmt.ts';
import { listCommand } from './list.ts';
import { newCommand } from './new.ts';
import { showCommand } from './show.ts';
import { testCommand } from './test.ts';

/** `portcullis policy …`: what a policy author needs, without any OPA binary. */
export function policyCommand(io: Io): Command {
  const command = new Command('policy').description('write, check, test and build policies');
  const all = [
    newCommand,
    checkCommand,
    fmtCommand,
    testCommand,
    buildCommand,
    listCommand,
    showCommand,
    docsCommand,
  ];
  for (const make of all) command.addCommand(make(io));
  return command;
}
