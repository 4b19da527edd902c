import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';

import type { Fleet } from '../../fleet/fleet.ts';
import { clientOf } from '../client.ts';
import type { Io } from '../io.ts';
import { configFor } from '../settings.ts';
import { remoteFleet } from './remote.ts';

/** What every command on the fleet takes. */
export interface DeskOptions {
  readonly config?: string;
  readonly server?: string;
  readonly actor: string;
}

/** The options of DeskOptions. */
export function deskOptions(command: Command): Command {
  return command
    .option('--server <url>', 'ask a running gate, which keeps the records')
    .option('--actor <name>', 'who asks, for the record; a gate knows it by the token', 'cli')
    .option('-c, --config <file>', 'configuration file');
}

/** Does something with the fleet: that of a running gate, or one opened in this process for as long as it takes. */
export async function withFleet(
  io: Io,
  { config, server, actor }: DeskOptions,
  work: (fleet: Fleet, actor: string) => Promise<void>,
): Promise<void> {
  const fleet =
    server === undefined ? await openHere(io, config) : remoteFleet(clientOf(server, io.token));
  try {
    await work(fleet, actor);
  } finally {
    await fleet.close();
  }
}

/** Loaded when it is needed: asking a gate needs no engine. */
async function openHere(io: Io, file: string | undefined): Promise<Fleet> {
  const { composeFleetAlone } = await import('../../compose-fleet.ts');
  return await composeFleetAlone(configFor(io, file === undefined ? {} : { config: file }), {
    env: io.env,
    besideDoor: false,
    warn: (message, fields) => void io.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
  });
}

/** Collects an option that may be given more than once, or as a list with commas. */
export function several(value: string, before: readonly string[] | undefined): readonly string[] {
  const given = value.split(',').map((one) => one.trim());
  if (given.includes('')) throw new InvalidArgumentError('It is one or more, with commas between.');
  return [...(before ?? []), ...given];
}
