import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

import { Command } from 'commander';

import { messageOf } from '../../kit/errors.ts';
import { CliError } from '../errors.ts';
import { counted } from '../../report/counted.ts';
import type { Io } from '../io.ts';
import { table } from '../table.ts';
import { deskOptions, examples, withFleet } from './desk.ts';
import type { DeskOptions } from './desk.ts';
import { outputOption, writeJson } from './sweep-command.ts';

/** `portcullis inventory list|push`. */
export function inventoryCommand(io: Io): Command {
  return new Command('inventory')
    .description('the places that tell what exists')
    .addCommand(listCommand(io))
    .addCommand(pushCommand(io));
}

function listCommand(io: Io): Command {
  const command = new Command('list').description('the inventories of the configuration');
  return examples(outputOption(deskOptions(command)), 'inventory list').action(
    async (options: DeskOptions & { output: 'text' | 'json' }) => {
      await withFleet(io, options, async (fleet) => {
        const inventories = await fleet.inventories();
        if (options.output === 'json') {
          writeJson(io, { inventories });
          return;
        }
        const rows = inventories.map(({ name, type, writes, resources, pushedAt }) => [
          name,
          type,
          resources === undefined ? 'not swept yet' : counted(resources, 'resource'),
          writes ? 'can be repaired' : 'read only',
          pushedAt === undefined ? '' : `pushed ${pushedAt}`,
        ]);
        io.stdout.write(
          rows.length === 0
            ? 'no inventories: add one under inventories: in portcullis.yaml\n'
            : table(['NAME', 'TYPE', 'LAST SWEEP', 'REPAIRS', ''], rows, io.columns),
        );
      });
    },
  );
}

function pushCommand(io: Io): Command {
  const command = new Command('push')
    .description('take a file of JSON lines as what there is in an inventory')
    .argument('<name>', 'an inventory of type json-lines')
    .argument('<file>', 'one JSON object a line; - for standard input')
    .option('--partial', 'it is not everything there is: what is missing is not gone');
  return examples(
    outputOption(deskOptions(command)),
    'inventory push mainframe datasets.jsonl',
    'inventory push mainframe - --partial < changed.jsonl',
  ).action(
    async (
      name: string,
      file: string,
      options: DeskOptions & { output: 'text' | 'json'; partial?: boolean },
    ) => {
      const lines = await read(io, file);
      await withFleet(io, options, async (fleet, actor) => {
        const pushed = await fleet.push(name, { lines, partial: options.partial === true }, actor);
        if (options.output === 'json') writeJson(io, pushed);
        else
          io.stdout.write(
            `${pushed.inventory}: ${counted(pushed.resources, 'resource')} taken, ${pushed.digest}\nThe next sweep judges them.\n`,
          );
      });
    },
  );
}

async function read(io: Io, file: string): Promise<Uint8Array> {
  if (file === '-') return await buffer(io.stdin);
  try {
    return readFileSync(path.resolve(io.cwd, file));
  } catch (cause) {
    throw new CliError('INPUT_UNREADABLE', `${file} cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}
